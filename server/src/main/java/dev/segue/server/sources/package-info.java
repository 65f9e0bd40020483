/**
 * Where metrics' points are fetched from: queries over business data and metrics of plugins, when
 * they are due. How points are kept lives in {@code data.metrics}; what watches them, among the
 * triggers.
 */
@NullMarked
package dev.segue.server.sources;

import org.jspecify.annotations.NullMarked;
