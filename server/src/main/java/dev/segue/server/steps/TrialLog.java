package dev.segue.server.steps;

import dev.segue.runtime.call.SecretMask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps what a step logs while it is tried, up to a bound, instead of writing it to the server's
 * log. Stands behind {@link StepLog}, so that the lines arrive masked. Thread-safe.
 */
final class TrialLog extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;
  private static final int MOST_LINES = 1_000;
  private static final int LONGEST_LINE = 4_000;

  private final transient InstantSource clock;
  private final transient List<Line> lines = new ArrayList<>();
  private transient SecretMask mask = new SecretMask();
  private int dropped;

  /** A line as the step wrote it. */
  record Line(Instant at, Level level, String text) {}

  TrialLog(InstantSource clock) {
    this.name = "trial";
    this.clock = clock;
  }

  /** Learns the secrets of the attempt, for what is shown of its result. */
  synchronized void hide(SecretMask secrets) {
    mask = secrets;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    add(level, text == null ? "" : text);
  }

  synchronized void add(Level level, String text) {
    if (lines.size() >= MOST_LINES) {
      dropped++;
      return;
    }
    String cut = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    lines.add(new Line(clock.instant(), level, cut));
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** How many lines were left out since there were too many. */
  synchronized int dropped() {
    return dropped;
  }

  /** The same tree, with the attempt's secrets masked in its texts. */
  ObjectNode masked(ObjectNode tree) {
    SecretMask secrets;
    synchronized (this) {
      secrets = mask;
    }
    ObjectNode copy = tree.deepCopy();
    mask(copy, secrets);
    return copy;
  }

  private static void mask(JsonNode node, SecretMask secrets) {
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
          if (field.getValue().isString()) {
            object.put(field.getKey(), secrets.mask(field.getValue().stringValue()));
          } else {
            mask(field.getValue(), secrets);
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          if (array.get(i).isString()) {
            array.set(i, secrets.mask(array.get(i).stringValue()));
          } else {
            mask(array.get(i), secrets);
          }
        }
      }
      default -> {
        // Numbers and truth values are no secrets.
      }
    }
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return TrialLog.class.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
