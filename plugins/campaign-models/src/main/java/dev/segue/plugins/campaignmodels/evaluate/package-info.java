/**
 * Made-up campaigns whose effects are known, and how well the models find them. What is measured
 * here is measured on synthetic data, and every table says so.
 */
@NullMarked
package dev.segue.plugins.campaignmodels.evaluate;

import org.jspecify.annotations.NullMarked;
