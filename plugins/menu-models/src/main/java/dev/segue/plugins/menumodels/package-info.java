/**
 * The plugin: its steps, and the command that evaluates forecasts of sales in files. What is
 * computed lies in the packages below.
 */
@NullMarked
package dev.segue.plugins.menumodels;

import org.jspecify.annotations.NullMarked;
