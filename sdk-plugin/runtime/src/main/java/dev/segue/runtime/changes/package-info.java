/**
 * Change sets outside a plugin: as JSON, under a hash, and as workflows refer to them. Their states
 * and who may approve them are the host's.
 */
@NullMarked
package dev.segue.runtime.changes;

import org.jspecify.annotations.NullMarked;
