package dev.segue.server.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in reverse order, whatever fails on the way. */
final class Running {

  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  private record Part(String name, AutoCloseable closer) {}

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Notes something that was just started, and passes it on. */
  synchronized <T extends AutoCloseable> T add(String name, T part) {
    parts.addFirst(new Part(name, part));
    return part;
  }

  /** Stops everything, the latest first. Further calls do nothing. */
  synchronized void stop(Progress progress) {
    while (!parts.isEmpty()) {
      Part part = parts.removeFirst();
      progress.step("stopping " + part.name());
      try {
        part.closer().close();
      } catch (Exception e) {
        LOG.warn("{} did not stop in an orderly way", part.name(), e);
      }
    }
  }
}
