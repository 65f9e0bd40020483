package dev.segue.server.events.feed;

import org.jspecify.annotations.Nullable;

/**
 * A hint that something should be read again.
 *
 * @param id by which a client resumes; the same on all servers
 * @param subject the id of the thing itself
 * @param run the run that it belongs to; null for none
 * @param root the run at the top of the calls; null if that is {@code run} itself
 * @param data the event as clients get it, JSON in one line
 */
record LiveEvent(
    String id,
    Topic topic,
    String subject,
    @Nullable String run,
    @Nullable String root,
    @Nullable String workflow,
    @Nullable String site,
    String data) {

  /** Of two events with the same key, the later one says it all. */
  Key key() {
    return new Key(topic, run, subject);
  }

  record Key(Topic topic, @Nullable String run, String subject) {}

  /** The event in the format of {@code text/event-stream}. */
  String frame() {
    return "id: " + id + "\nevent: " + topic.label() + "\ndata: " + data + "\n\n";
  }
}
