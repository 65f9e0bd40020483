/**
 * The port to the process engine: what Segue asks of an engine and the values it exchanges with it.
 * No type of an engine's client appears here; adapters live in sub-packages, and what a run means
 * to Segue lives in the server.
 */
@NullMarked
package dev.segue.bpmn.engine;

import org.jspecify.annotations.NullMarked;
