/**
 * Metrics: named series of numbers over time, told apart by labels; how they come in, how long they
 * are kept and how they are asked for. What watches them lives above.
 */
@NullMarked
package dev.segue.server.data.metrics;

import org.jspecify.annotations.NullMarked;
