package dev.segue.server.triggers.monitors;

import dev.segue.server.http.Json;
import dev.segue.server.triggers.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What alerts are about: a group of a monitor.
 *
 * @param labels that tell the group apart
 */
record Subject(Trigger monitor, MonitorSettings settings, SortedMap<String, String> labels) {

  /** By the key of the group. */
  static Subject of(Trigger monitor, MonitorSettings settings, String key) {
    SortedMap<String, String> labels = new TreeMap<>();
    Json.parse(key)
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
    return new Subject(monitor, settings, labels);
  }

  /** By which the group is known. */
  String key() {
    return GroupRows.key(labels);
  }

  /** The same alert has the same id on every server and after every restart. */
  UUID id(Alert alert) {
    String text = "%s\n%s\n%s".formatted(monitor.id(), key(), alert.openedAt());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The site of its runs: the group's, or the one site that the monitor watches. */
  @Nullable String site() {
    String site = labels.getOrDefault("site", settings.matchers().getOrDefault("site", ""));
    return site.isBlank() ? null : site;
  }

  /** By which people know its runs; null if nothing tells them apart. */
  @Nullable String businessKey() {
    String key =
        labels.values().stream().filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    return key.isEmpty() ? null : key;
  }

  /** What a run gets to know of an alert. */
  ObjectNode describe(Alert alert) {
    ObjectNode about = Json.object();
    about.put("id", id(alert).toString());
    about.put("monitor", monitor.id());
    about.put("title", monitor.title());
    about.put("severity", settings.severityOrDefault());
    about.put("metric", settings.metricName());
    about.put("direction", settings.direction().name().toLowerCase(Locale.ROOT));
    ObjectNode all = about.putObject("labels");
    settings.matchers().forEach(all::put);
    labels.forEach(all::put);
    about.put("brokenAt", alert.brokenAt().toString());
    about.put("openedAt", alert.openedAt().toString());
    about.put("peakAt", alert.peakAt().toString());
    if (Double.isFinite(alert.peak())) {
      about.put("value", alert.peak());
      about.put("expected", alert.expected());
      about.put("excess", alert.excess());
    }
    return about;
  }
}
