/** Draws a series with what was to be expected as a picture. Knows no step. */
@NullMarked
package dev.segue.plugins.alertanalysis.chart;

import org.jspecify.annotations.NullMarked;
