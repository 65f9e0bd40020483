/**
 * What is known about demand and what can be said of it: histories, surroundings, features, naive
 * forecasts and their evaluation. Plain values and arithmetic; no database, no file, no model
 * library.
 */
@NullMarked
package dev.segue.plugins.menumodels.demand;

import org.jspecify.annotations.NullMarked;
