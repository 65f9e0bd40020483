package dev.segue.server.data.metrics;

import dev.segue.server.data.metrics.PointRules.RefusedException;
import dev.segue.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON lines, one after the other, so that however many there are one of them is in memory. A
 * line that makes no sense is told with its reason and holds up no other.
 */
final class PointLines {

  private static final int LONGEST_LINE = 16 * 1024;

  private final BufferedReader reader;
  private final PointRules rules;
  private int number;

  PointLines(BufferedReader reader, PointRules rules) {
    this.reader = reader;
    this.rules = rules;
  }

  /** What a line says. */
  sealed interface Line {

    /** A point. */
    record Good(int number, Sample sample) implements Line {}

    /** Something that is no point. */
    record Bad(int number, String reason) implements Line {}
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
        throw new RefusedException("A line is an object with metric, time and value.");
      }
      for (String key : object.propertyNames()) {
        if (!key.equals("metric")
            && !key.equals("time")
            && !key.equals("value")
            && !key.equals("labels")) {
          throw new RefusedException(
              "There is no key %s. Known are metric, time, value and labels.".formatted(key));
        }
      }
      return new Line.Good(
          number,
          rules.sample(
              object.path("metric").asString(""),
              labels(object.path("labels")),
              time(object.path("time")),
              value(object.path("value"))));
    } catch (JacksonException e) {
      return new Line.Bad(number, "It is no JSON: " + firstLine(e));
    } catch (RefusedException e) {
      return new Line.Bad(number, e.reason());
    }
  }

  private static Instant time(JsonNode node) {
    try {
      return node.isIntegralNumber()
          ? Instant.ofEpochMilli(node.asLong())
          : OffsetDateTime.parse(node.asString("")).toInstant();
    } catch (DateTimeException e) {
      throw new RefusedException(
          "time: \"%s\" is no time. Write 2026-01-31T08:00:00Z or milliseconds since 1970."
              .formatted(PointRules.cut(node.asString(""))));
    }
  }

  private static double value(JsonNode node) {
    double value = node.isNumber() ? node.asDouble(Double.NaN) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new RefusedException(
          "value: %s is no finite number."
              .formatted(PointRules.cut(node.isMissingNode() ? "nothing" : node.toString())));
    }
    return value;
  }

  private static SortedMap<String, String> labels(JsonNode node) {
    SortedMap<String, String> labels = new TreeMap<>();
    if (node.isMissingNode()) {
      return labels;
    }
    if (!node.isObject()) {
      throw new RefusedException("labels: they are an object of texts.");
    }
    for (Map.Entry<String, JsonNode> label : node.properties()) {
      if (!label.getValue().isString()) {
        throw new RefusedException(
            "labels: %s needs a text.".formatted(PointRules.cut(label.getKey())));
      }
      labels.put(label.getKey(), label.getValue().asString());
    }
    return labels;
  }

  private static String firstLine(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }
}
