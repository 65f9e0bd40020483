package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a rehearsal came to, as people read it: a line per day, then what all of them come to. */
final class RehearsalReport {

  private static final int MOST_TITLES = 3;
  private static final String UNTOLD = "can't tell";

  private static final Column CHANGES =
      new Column("CHANGES", (day, texts) -> Integer.toString(changes(day)));
  private static final Column LIST =
      new Column("WOULD HAVE", (day, texts) -> Texts.clean(titles(day)));
  private static final Column FOLLOWED =
      new Column("WHAT FOLLOWED", (day, texts) -> Texts.clean(followed(day)));

  private RehearsalReport() {}

  static List<JsonNode> days(ApiClient api, String id) {
    List<JsonNode> days = new ArrayList<>();
    api.list(ApiPath.of("rehearsals", id, "days"), Integer.MAX_VALUE).items().forEach(days::add);
    return days;
  }

  static void print(Output out, JsonNode rehearsal, List<JsonNode> days) {
    if (out.isJson()) {
      out.json(whole(rehearsal, days));
      return;
    }
    out.line("");
    out.table(
        days,
        Column.of("DAY", "day"),
        Column.of("SITE", "site"),
        Column.of("STATE", "state"),
        Column.of("END", "end"),
        CHANGES,
        FOLLOWED,
        LIST);
    reasons(out, days);
    summary(out, rehearsal);
  }

  /** The rehearsal with its days, as it is written to files. */
  static ObjectNode whole(JsonNode rehearsal, List<JsonNode> days) {
    ObjectNode whole = rehearsal.asObject().deepCopy();
    ArrayNode list = whole.putArray("days");
    days.forEach(list::add);
    return whole;
  }

  private static void reasons(Output out, List<JsonNode> days) {
    List<List<String>> told = reasonRows(days);
    if (!told.isEmpty()) {
      out.heading("Why");
      out.table(List.of("DAYS", "SITE", "REASON"), told);
    }
  }

  /** Days of a site that follow each other and share a reason are one line. */
  static List<List<String>> reasonRows(List<JsonNode> days) {
    Map<String, List<JsonNode>> bySite = new LinkedHashMap<>();
    days.forEach(
        day -> bySite.computeIfAbsent(Json.text(day, "site"), id -> new ArrayList<>()).add(day));
    List<List<String>> rows = new ArrayList<>();
    bySite.forEach(
        (site, all) -> {
          int first = 0;
          for (int i = 1; i <= all.size(); i++) {
            String reason = Json.text(all.get(first), "reason");
            if (i < all.size() && Json.text(all.get(i), "reason").equals(reason)) {
              continue;
            }
            if (!reason.isEmpty()) {
              String from = Json.text(all.get(first), "day");
              String to = Json.text(all.get(i - 1), "day");
              rows.add(
                  List.of(from.equals(to) ? from : from + " to " + to, site, Texts.clean(reason)));
            }
            first = i;
          }
        });
    return rows;
  }

  private static void summary(Output out, JsonNode rehearsal) {
    JsonNode progress = rehearsal.path("progress");
    JsonNode summary = rehearsal.path("summary");
    out.line("");
    out.line(
        "Rehearsal %s is %s: %s."
            .formatted(
                Json.text(rehearsal, "id"), Json.text(rehearsal, "state"), counts(progress)));
    out.line(
        "%d change lists with %d changes%s. Nothing was applied."
            .formatted(
                summary.path("changeLists").asInt(0),
                summary.path("changes").asInt(0),
                totals(summary)));
    for (JsonNode outcome : summary.path("outcomes")) {
      out.line(Texts.clean(Json.text(outcome, "title")) + ": " + outcome(outcome) + ".");
    }
    rehearsal.path("remarks").forEach(remark -> out.remark(remark.asString()));
  }

  private static String counts(JsonNode progress) {
    return List.of("completed", "waits", "failed", "skipped", "cancelled", "running", "planned")
        .stream()
        .filter(state -> progress.path(state).asInt(0) > 0)
        .map(state -> progress.path(state).asInt() + " " + state)
        .collect(Collectors.joining(", "));
  }

  private static String totals(JsonNode summary) {
    String sums =
        summary.path("totals").valueStream().map(Texts::value).collect(Collectors.joining(", "));
    return sums.isEmpty() ? "" : ", together " + sums;
  }

  private static String outcome(JsonNode outcome) {
    List<String> parts = new ArrayList<>();
    int days = outcome.path("days").asInt(0);
    if (Json.text(outcome, "compare").equals("proposal") && days > 0) {
      parts.add(
          "of the moves proposed, %d happened all the same, %d went the other way, %d did not happen"
              .formatted(
                  outcome.path("sameWay").asInt(0),
                  outcome.path("otherWay").asInt(0),
                  outcome.path("unchanged").asInt(0)));
    } else if (outcome.has("comparedError") && outcome.has("naiveError")) {
      parts.add(
          "error %s, the same weekdays before as a forecast %s"
              .formatted(
                  percent(outcome.path("comparedError")), percent(outcome.path("naiveError"))));
      days = outcome.path("comparedDays").asInt(days);
    } else if (outcome.has("error")) {
      parts.add("error " + percent(outcome.path("error")));
    }
    if (days > 0) {
      parts.add("of " + days(days));
    }
    int untold = outcome.path("untold").asInt(0);
    if (untold > 0) {
      parts.add("the data can't tell of " + days(untold));
    }
    return String.join("; ", parts);
  }

  private static String days(int count) {
    return count == 1 ? "1 day" : count + " days";
  }

  private static int changes(JsonNode day) {
    return day.path("changes").valueStream().mapToInt(list -> list.path("count").asInt(0)).sum();
  }

  private static String titles(JsonNode day) {
    List<String> titles =
        day.path("changes")
            .valueStream()
            .flatMap(list -> list.path("changes").valueStream())
            .map(change -> Json.text(change, "title"))
            .toList();
    String shown = titles.stream().limit(MOST_TITLES).collect(Collectors.joining("; "));
    int more = changes(day) - Math.min(titles.size(), MOST_TITLES);
    return more > 0 ? shown + "; and %d more".formatted(more) : shown;
  }

  private static String followed(JsonNode day) {
    return day.path("outcomes")
        .valueStream()
        .map(outcome -> Json.text(outcome, "id") + " " + figures(outcome))
        .collect(Collectors.joining(", "));
  }

  private static String figures(JsonNode outcome) {
    if (!outcome.path("told").asBoolean(false)) {
      return UNTOLD;
    }
    if (Json.text(outcome, "compare").equals("proposal")) {
      return "%d of %d happened"
          .formatted(outcome.path("sameWay").asInt(0), outcome.path("keys").asInt(0));
    }
    String naive =
        outcome.has("naiveError") ? " (naive %s)".formatted(share(outcome, "naiveError")) : "";
    return "off by " + share(outcome, "error") + naive;
  }

  private static String share(JsonNode outcome, String field) {
    double actual = outcome.path("actual").asDouble(0);
    return actual == 0
        ? UNTOLD
        : percent(
            Json.object().put("share", outcome.path(field).asDouble(0) / actual).get("share"));
  }

  private static String percent(JsonNode share) {
    return BigDecimal.valueOf(100 * share.asDouble(0))
            .setScale(1, RoundingMode.HALF_UP)
            .toPlainString()
        + " %";
  }
}
