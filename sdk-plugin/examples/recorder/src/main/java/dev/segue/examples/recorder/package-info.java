/**
 * A plugin whose steps write down what they did, so that a test can tell afterwards how often an
 * effect happened. Shows every kind of step; does nothing useful.
 */
@NullMarked
package dev.segue.examples.recorder;

import org.jspecify.annotations.NullMarked;
