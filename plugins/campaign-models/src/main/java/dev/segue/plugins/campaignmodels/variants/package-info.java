/**
 * Compares variants of an ad by how often they succeed: posteriors, and evidence that people may
 * look at every day. Pure computation; where the counts come from is another package's business.
 */
@NullMarked
package dev.segue.plugins.campaignmodels.variants;

import org.jspecify.annotations.NullMarked;
