/**
 * Imports the daily results of ads from files; how a file is written is the business of {@code
 * export}.
 */
@NullMarked
package dev.segue.plugins.adsfiles;

import org.jspecify.annotations.NullMarked;
