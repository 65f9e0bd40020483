/** What a series lets expect of itself. Knows no database and no step. */
@NullMarked
package dev.segue.plugins.alertanalysis.season;

import org.jspecify.annotations.NullMarked;
