/**
 * Splits bytes into the records and fields of a delimited text file, with the place of each.
 *
 * <p>Works on bytes, because a rejected line has to say at which byte it breaks, and because every
 * encoding that is read here leaves the ASCII range alone. Knows nothing of sales.
 */
@NullMarked
package dev.segue.plugins.posfiles.csv;

import org.jspecify.annotations.NullMarked;
