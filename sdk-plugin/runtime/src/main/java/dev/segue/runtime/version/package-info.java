/** Semantic versions, ranges over them, and which version of the SDK this is. */
@NullMarked
package dev.segue.runtime.version;

import org.jspecify.annotations.NullMarked;
