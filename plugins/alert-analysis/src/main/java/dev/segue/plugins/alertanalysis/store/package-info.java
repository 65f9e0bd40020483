/** Reads metrics, results of campaigns and applied changes from the views of {@code data}. */
@NullMarked
package dev.segue.plugins.alertanalysis.store;

import org.jspecify.annotations.NullMarked;
