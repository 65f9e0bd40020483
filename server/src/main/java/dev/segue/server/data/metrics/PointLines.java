package dev.segue.server.data.metrics;

import dev.segue.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON lines, one after the other, so that however many there are one of them is in memory. A
 * line that makes no sense is told with its reason and holds up no other.
 */
final class PointLines {

  private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int LONGEST_VALUE = 200;

  private final BufferedReader reader;
  private final MetricLimits limits;
  private final Instant now;
  private int number;

  PointLines(BufferedReader reader, MetricLimits limits, Instant now) {
    this.reader = reader;
    this.limits = limits;
    this.now = now;
  }

  /** What a line says. */
  sealed interface Line {

    /** A point. */
    record Good(int number, Sample sample) implements Line {}

    /** Something that is no point. */
    record Bad(int number, String reason) implements Line {}
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** The next line that isn't blank; empty at the end. */
  Optional<Line> next() throws IOException {
    while (true) {
      StringBuilder text = new StringBuilder();
      if (!readLine(text)) {
        return Optional.empty();
      }
      number++;
      if (text.length() > LONGEST_LINE) {
        return Optional.of(
            new Line.Bad(number, "The line is longer than %d characters.".formatted(LONGEST_LINE)));
      }
      if (!text.toString().isBlank()) {
        return Optional.of(read(text.toString()));
      }
    }
  }

  /** A line of any length; of one that is too long only a little more than the limit is kept. */
  private boolean readLine(StringBuilder text) throws IOException {
    int character = reader.read();
    if (character < 0) {
      return false;
    }
    while (character >= 0 && character != '\n') {
      if (text.length() <= LONGEST_LINE) {
        text.append((char) character);
      }
      character = reader.read();
    }
    return true;
  }

  private Line read(String text) {
    try {
      if (!(Json.mapper().readTree(text) instanceof ObjectNode object)) {
        throw new Refused("A line is an object with metric, time and value.");
      }
      for (String key : object.propertyNames()) {
        if (!key.equals("metric")
            && !key.equals("time")
            && !key.equals("value")
            && !key.equals("labels")) {
          throw new Refused(
              "There is no key %s. Known are metric, time, value and labels.".formatted(key));
        }
      }
      return new Line.Good(
          number,
          new Sample(
              new SeriesKey(metric(object), labels(object.path("labels"))),
              time(object.path("time")),
              value(object.path("value"))));
    } catch (JacksonException e) {
      return new Line.Bad(number, "It is no JSON: " + firstLine(e));
    } catch (Refused e) {
      return new Line.Bad(number, e.reason());
    }
  }

  private static String metric(ObjectNode object) {
    String name = object.path("metric").asString("");
    if (!METRIC.matcher(name).matches()) {
      throw new Refused(
          "metric: \"%s\" is no name. Use up to 100 small letters, digits and underscores, a letter first."
              .formatted(cut(name)));
    }
    return name;
  }

  private Instant time(JsonNode node) {
    Instant at;
    try {
      at =
          node.isIntegralNumber()
              ? Instant.ofEpochMilli(node.asLong())
              : OffsetDateTime.parse(node.asString("")).toInstant();
    } catch (DateTimeException e) {
      throw new Refused(
          "time: \"%s\" is no time. Write 2026-01-31T08:00:00Z or milliseconds since 1970."
              .formatted(cut(node.asString(""))));
    }
    if (at.isAfter(now.plus(limits.future()))) {
      throw new Refused(
          "time: %s lies in the future; it is %s. Check the sender's clock and zone."
              .formatted(at, now));
    }
    if (at.isBefore(now.minus(limits.raw()))) {
      throw new Refused(
          "time: %s is older than the %d days that points are kept."
              .formatted(at, limits.raw().toDays()));
    }
    return at;
  }

  private static double value(JsonNode node) {
    double value = node.isNumber() ? node.asDouble(Double.NaN) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new Refused(
          "value: %s is no finite number."
              .formatted(cut(node.isMissingNode() ? "nothing" : node.toString())));
    }
    return value;
  }

  private SortedMap<String, String> labels(JsonNode node) {
    SortedMap<String, String> labels = new TreeMap<>();
    if (node.isMissingNode()) {
      return labels;
    }
    if (!node.isObject()) {
      throw new Refused("labels: they are an object of texts.");
    }
    node.properties()
        .forEach(
            label -> {
              if (!LABEL.matcher(label.getKey()).matches()) {
                throw new Refused(
                    "labels: \"%s\" is no name. Use up to 40 small letters, digits and underscores."
                        .formatted(cut(label.getKey())));
              }
              if (!label.getValue().isString()
                  || label.getValue().asString().length() > LONGEST_VALUE) {
                throw new Refused(
                    "labels: %s needs a text of at most %d characters."
                        .formatted(label.getKey(), LONGEST_VALUE));
              }
              labels.put(label.getKey(), label.getValue().asString());
            });
    if (labels.size() > limits.labels()) {
      throw new Refused(
          "labels: there are %d, and %d is the most.".formatted(labels.size(), limits.labels()));
    }
    return labels;
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static String firstLine(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }
}
