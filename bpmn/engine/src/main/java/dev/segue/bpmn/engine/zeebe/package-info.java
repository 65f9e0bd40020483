/**
 * The engine port over Camunda's client, for an embedded broker and for clusters alike: settings,
 * repetition of commands, translation of errors. Starting a broker isn't here.
 */
@NullMarked
package dev.segue.bpmn.engine.zeebe;

import org.jspecify.annotations.NullMarked;
