/** Made-up worlds in which the cause of an alert is known, and how often it is found. */
@NullMarked
package dev.segue.plugins.alertanalysis.evaluate;

import org.jspecify.annotations.NullMarked;
