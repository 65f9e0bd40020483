/**
 * The live feed: hints of what has changed, told by the database to all servers and by each server
 * to its clients. Who reads them reads the things themselves again; nothing here is a source of
 * truth. What is told stands in the migration {@code live_feed} and with the projection.
 */
@NullMarked
package dev.segue.server.events.feed;

import org.jspecify.annotations.NullMarked;
