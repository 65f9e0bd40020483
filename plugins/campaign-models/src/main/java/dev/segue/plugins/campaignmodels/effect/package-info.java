/** Measures what a change did, beside campaigns that were left as they were. Pure computation. */
@NullMarked
package dev.segue.plugins.campaignmodels.effect;

import org.jspecify.annotations.NullMarked;
