/**
 * Schedules: cron expressions, when they fire in a time zone, and what becomes of firings that fall
 * due. How a run is started is known one package up.
 */
@NullMarked
package dev.segue.server.triggers.schedules;

import org.jspecify.annotations.NullMarked;
