/**
 * Approvals: the inbox over the engine's user tasks, who may decide, votes and quorum, and the
 * command that completes a task once it is decided.
 *
 * <p>What the decision allows stands in the decision rows of {@code changes}; what the task does to
 * the run is the engine's.
 */
@NullMarked
package dev.segue.server.approvals;

import org.jspecify.annotations.NullMarked;
