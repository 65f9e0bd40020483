package dev.segue.server.events.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an event is about. */
enum Topic {
  RUN,
  INCIDENT,
  APPROVAL,
  CHANGES,
  WORKFLOW,
  ALARM,
  CONNECTION,
  PROGRESS;

  /** The name in the API and in the database. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Topic> of(String label) {
    return Arrays.stream(values()).filter(topic -> topic.label().equals(label)).findFirst();
  }
}
