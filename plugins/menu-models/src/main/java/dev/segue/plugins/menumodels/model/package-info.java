/**
 * Models that learn demand: training with Tribuo, forecasting, and the file a model is kept in,
 * which is read as if it came from an enemy. Knows neither database nor SDK.
 */
@NullMarked
package dev.segue.plugins.menumodels.model;

import org.jspecify.annotations.NullMarked;
