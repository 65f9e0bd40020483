/**
 * The check that the plugin parent POM runs in the build of every plugin, before the zip is made.
 */
@NullMarked
package dev.segue.runtime.check;

import org.jspecify.annotations.NullMarked;
