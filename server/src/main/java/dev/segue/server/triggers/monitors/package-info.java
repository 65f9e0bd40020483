/**
 * The rules of monitors: when a metric is out of order, when that is worth an alert, and when it is
 * over. All of it is plain computation over points in the order of their time, so that watching
 * live, replaying history and rehearsing share it; storage, HTTP and clocks are none of it.
 */
@NullMarked
package dev.segue.server.triggers.monitors;

import org.jspecify.annotations.NullMarked;
