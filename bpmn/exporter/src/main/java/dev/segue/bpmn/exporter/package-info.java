/**
 * The Zeebe exporter that appends the engine's records to PostgreSQL, each of them once. Runs
 * inside the broker, below its class loader; knows the raw history tables and no other table of
 * Segue.
 */
@NullMarked
package dev.segue.bpmn.exporter;

import org.jspecify.annotations.NullMarked;
