/**
 * Spreads a budget over campaigns: response curves fitted to past days, and the spread that
 * promises most within people's limits. Pure computation.
 */
@NullMarked
package dev.segue.plugins.campaignmodels.budget;

import org.jspecify.annotations.NullMarked;
