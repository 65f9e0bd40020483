/**
 * What runs inside the embedded broker's process, before the broker. It is packed alone into the
 * child's class path and so depends on the JDK only.
 */
@NullMarked
package dev.segue.bpmn.engine.launcher;

import org.jspecify.annotations.NullMarked;
