/** Weighs the segments of an audience against the rest of it. Pure computation. */
@NullMarked
package dev.segue.plugins.campaignmodels.targeting;

import org.jspecify.annotations.NullMarked;
