/**
 * One way to run a step, a change step or a connection's test: bind, call, check, and hand back a
 * value. Journals, retries, leases and approvals are the host's.
 */
@NullMarked
package dev.segue.runtime.invoke;

import org.jspecify.annotations.NullMarked;
