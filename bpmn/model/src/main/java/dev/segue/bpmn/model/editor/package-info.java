/**
 * What an editor needs to know of a step: its element template, and what its result holds. Made
 * from descriptors alone; no plugin's class is seen here.
 */
@NullMarked
package dev.segue.bpmn.model.editor;

import org.jspecify.annotations.NullMarked;
