/**
 * Scenarios of workflow packages: what is given, what people do, what must come of it. They run
 * through the API of a server of their own; what lies outside it is stood in for on this machine.
 */
@NullMarked
package dev.segue.server.cli.scenarios;

import org.jspecify.annotations.NullMarked;
