/**
 * A loaded plugin as host, testkit and build see it: what it offers, checked and described.
 *
 * <p>Descriptors are plain data and may outlive the plugin; bindings hold its classes and must not.
 * How plugins get loaded, and where jobs come from, is not known here.
 */
@NullMarked
package dev.segue.runtime;

import org.jspecify.annotations.NullMarked;
