/**
 * Which part of a business moved a figure: sums and ratios taken apart by segment, and what singles
 * a segment out. Knows no database and no step.
 */
@NullMarked
package dev.segue.plugins.alertanalysis.cause;

import org.jspecify.annotations.NullMarked;
