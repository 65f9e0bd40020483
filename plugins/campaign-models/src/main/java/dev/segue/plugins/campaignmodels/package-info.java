/**
 * Steps that read what campaigns brought and propose what to change. The models behind them are in
 * the packages below; what changes anything is in the plugin of the ad platform.
 */
@NullMarked
package dev.segue.plugins.campaignmodels;

import org.jspecify.annotations.NullMarked;
