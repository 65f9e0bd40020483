/**
 * An ad platform to practise on. Keeps campaigns, budgets, targeting and variants, answers over
 * loopback by a protocol of its own (docs/campaigns.md), and shows no ad to anybody. Knows nothing
 * of Segue.
 */
@NullMarked
package dev.segue.practice.ads;

import org.jspecify.annotations.NullMarked;
