/**
 * A list of plugins that somebody offers: its format, and what to take from it. Fetching the list,
 * checking who signed it, and installing a zip are the host's.
 */
@NullMarked
package dev.segue.runtime.catalogue;

import org.jspecify.annotations.NullMarked;
