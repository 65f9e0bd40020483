/**
 * What Segue knows about diagrams: reading them safely, what they hold, what is wrong with them,
 * and the FEEL expressions in them. No engine, no files, no database.
 */
@NullMarked
package dev.segue.bpmn.model;

import org.jspecify.annotations.NullMarked;
