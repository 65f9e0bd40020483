/** The build's generator of table classes. Runs in the build alone and ships nowhere. */
@NullMarked
package dev.segue.server.storage.codegen;

import org.jspecify.annotations.NullMarked;
