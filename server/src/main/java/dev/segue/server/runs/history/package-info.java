/**
 * The projection: from the records that the exporter appended to the tables {@code history.*} that
 * people and programs read. One server at a time projects. Tells others by {@link
 * dev.segue.server.runs.history.HistoryEvent}; starts and changes no run.
 */
@NullMarked
package dev.segue.server.runs.history;

import org.jspecify.annotations.NullMarked;
