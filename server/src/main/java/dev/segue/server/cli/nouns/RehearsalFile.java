package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes a rehearsal's report: all of it as JSON, or a line of CSV per field that would change. */
final class RehearsalFile {

  private static final String HEADER =
      "day,site,state,change_set,list,target_kind,target,change,field,before,after,amount,currency";

  private RehearsalFile() {}

  /** Refuses a name that says no format, before anything is begun. */
  static void check(@Nullable Path file) {
    if (file != null && !isJson(file) && !isCsv(file)) {
      throw CliException.wrongUse("--out: the file's name must end in .json or .csv.");
    }
  }

  static void write(Path file, JsonNode rehearsal, List<JsonNode> days) {
    try {
      Files.writeString(
          file,
          isJson(file) ? Json.pretty(RehearsalReport.whole(rehearsal, days)) + "\n" : csv(days));
    } catch (IOException e) {
      throw CliException.failed(
          "the report can't be written to %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean isJson(Path file) {
    return file.toString().endsWith(".json");
  }

  private static boolean isCsv(Path file) {
    return file.toString().endsWith(".csv");
  }

  private static String csv(List<JsonNode> days) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (JsonNode day : days) {
      for (JsonNode list : day.path("changes")) {
        for (JsonNode change : list.path("changes")) {
          fields(change).forEach(field -> lines.add(line(day, list, change, field)));
        }
      }
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  private static Set<String> fields(JsonNode change) {
    Set<String> fields = new TreeSet<>(change.path("before").propertyNames());
    fields.addAll(change.path("after").propertyNames());
    if (fields.isEmpty()) {
      fields.add("");
    }
    return fields;
  }

  private static String line(JsonNode day, JsonNode list, JsonNode change, String field) {
    return List.of(
            Json.text(day, "day"),
            Json.text(day, "site"),
            Json.text(day, "state"),
            Json.text(list, "id"),
            Json.text(list, "title"),
            Json.text(change.path("target"), "kind"),
            Json.text(change.path("target"), "id"),
            Json.text(change, "title"),
            field,
            plain(change.path("before").path(field)),
            plain(change.path("after").path(field)),
            Json.text(change.path("amount"), "amount"),
            Json.text(change.path("amount"), "currency"))
        .stream()
        .map(RehearsalFile::cell)
        .collect(Collectors.joining(","));
  }

  private static String plain(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isContainer() ? Json.compact(value) : value.asString();
  }

  /** A cell that a spreadsheet takes for a formula gets a mark in front. */
  private static String cell(String text) {
    boolean number = text.matches("-?[0-9.]+");
    String safe = !number && text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
