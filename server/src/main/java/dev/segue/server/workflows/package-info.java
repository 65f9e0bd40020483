/**
 * Workflows: reading and checking packages, deploying them, their versions, and whether they are
 * paused. Runs of them are {@code runs}' business; what starts these is {@code triggers}'.
 */
@NullMarked
package dev.segue.server.workflows;

import org.jspecify.annotations.NullMarked;
