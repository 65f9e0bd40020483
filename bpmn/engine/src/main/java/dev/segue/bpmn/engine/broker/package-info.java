/**
 * The embedded Zeebe broker: a child process from the published distribution, with its files,
 * ports, readiness, supervision and end. Commands to it go through the engine port.
 */
@NullMarked
package dev.segue.bpmn.engine.broker;

import org.jspecify.annotations.NullMarked;
