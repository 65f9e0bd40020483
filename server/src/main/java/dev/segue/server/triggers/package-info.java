/**
 * What starts runs by itself: triggers, what became of each of their firings, and their pauses.
 * What a kind of triggers waits for lives in a package of its own below this one.
 */
@NullMarked
package dev.segue.server.triggers;

import org.jspecify.annotations.NullMarked;
