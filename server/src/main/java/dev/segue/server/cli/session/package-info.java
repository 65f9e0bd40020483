/**
 * What every command works with: the global options, the terminal, the home folder, the stored
 * sign-ins, and the API that follows from them.
 */
@NullMarked
package dev.segue.server.cli.session;

import org.jspecify.annotations.NullMarked;
