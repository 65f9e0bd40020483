/**
 * Named, configured accounts at outside systems. Their secrets lie in {@code secrets}; what the
 * types are is told by the plugins.
 */
@NullMarked
package dev.segue.server.connections;

import org.jspecify.annotations.NullMarked;
