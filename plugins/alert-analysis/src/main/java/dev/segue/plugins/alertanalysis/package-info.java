/**
 * Steps that explain an alert on a metric, suggest what to do about it, and draw it. The arithmetic
 * is in the packages below; what changes anything is in the plugin of the ad platform.
 */
@NullMarked
package dev.segue.plugins.alertanalysis;

import org.jspecify.annotations.NullMarked;
