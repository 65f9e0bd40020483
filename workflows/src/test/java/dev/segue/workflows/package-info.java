/**
 * Checks the shipped workflow packages: their diagrams against the steps that exist, and on a
 * broker.
 */
@NullMarked
package dev.segue.workflows;

import org.jspecify.annotations.NullMarked;
