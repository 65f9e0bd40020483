/**
 * What Camunda forms ask of the values that are filled in, for values that come by another way.
 * Showing forms is the pages' matter.
 */
@NullMarked
package dev.segue.server.forms;

import org.jspecify.annotations.NullMarked;
