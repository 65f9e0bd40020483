/**
 * How capabilities tell each other things without knowing each other: events within this server,
 * after the commit of what they tell, and the outbox for what must certainly be done, however often
 * servers die. Knows none of the capabilities and none of their tables.
 */
@NullMarked
package dev.segue.server.events;

import org.jspecify.annotations.NullMarked;
