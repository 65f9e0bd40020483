/**
 * Configuration, the home folder, and the wiring of all capabilities into one server that starts
 * and stops in order. The only package that knows them all.
 */
@NullMarked
package dev.segue.server.app;

import org.jspecify.annotations.NullMarked;
