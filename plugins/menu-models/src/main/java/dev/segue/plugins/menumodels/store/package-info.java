/** What the steps read and write: business data, forecasts, and the register of models. */
@NullMarked
package dev.segue.plugins.menumodels.store;

import org.jspecify.annotations.NullMarked;
