/**
 * What follows from the menu matrix: proposals within limits, and how they become changes of prices
 * and promotions. Values, arithmetic and words; what is stored lies with the store.
 */
@NullMarked
package dev.segue.plugins.menumodels.changes;

import org.jspecify.annotations.NullMarked;
