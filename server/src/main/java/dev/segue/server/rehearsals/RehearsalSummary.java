package dev.segue.server.rehearsals;

import dev.segue.server.http.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the reports of many days come to. */
final class RehearsalSummary {

  private final Map<String, BigDecimal> totals = new TreeMap<>();
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private int lists;
  private int changes;

  /** What the figures of one outcome add up to. */
  private static final class Outcome {
    private final JsonNode first;
    private int days;
    private int untold;
    private double actual;
    private double error;
    private double comparedActual;
    private double comparedError;
    private double naiveError;
    private int comparedDays;
    private long sameWay;
    private long otherWay;
    private long unchanged;

    Outcome(JsonNode first) {
      this.first = first;
    }

    void add(JsonNode outcome) {
      if (!outcome.path("told").asBoolean(false)) {
        untold++;
        return;
      }
      days++;
      actual += Math.abs(outcome.path("actual").asDouble(0));
      error += outcome.path("error").asDouble(0);
      sameWay += outcome.path("sameWay").asLong(0);
      otherWay += outcome.path("otherWay").asLong(0);
      unchanged += outcome.path("unchanged").asLong(0);
      if (outcome.has("naiveError")) {
        comparedDays++;
        comparedActual += Math.abs(outcome.path("actual").asDouble(0));
        comparedError += outcome.path("error").asDouble(0);
        naiveError += outcome.path("naiveError").asDouble(0);
      }
    }

    ObjectNode json() {
      ObjectNode json = Json.object();
      for (String field : new String[] {"id", "title", "compare", "measure"}) {
        json.set(field, first.get(field));
      }
      json.put("days", days);
      json.put("untold", untold);
      if (days == 0) {
        return json;
      }
      if (first.path("compare").asString().equals("proposal")) {
        json.put("sameWay", sameWay).put("otherWay", otherWay).put("unchanged", unchanged);
        return json;
      }
      share(json, "error", error, actual);
      if (comparedDays > 0) {
        // Only the same days are fair to compare.
        json.put("comparedDays", comparedDays);
        share(json, "comparedError", comparedError, comparedActual);
        share(json, "naiveError", naiveError, comparedActual);
      }
      return json;
    }

    private static void share(ObjectNode json, String field, double error, double of) {
      if (of > 0) {
        json.put(field, BigDecimal.valueOf(error / of).setScale(4, RoundingMode.HALF_UP));
      }
    }
  }

  /** Adds a day's report. */
  void add(JsonNode report) {
    for (JsonNode list : report.path("changes")) {
      lists++;
      changes += list.path("count").asInt(0);
      for (JsonNode total : list.path("totals")) {
        totals.merge(
            total.path("currency").asString(),
            new BigDecimal(total.path("amount").asString("0")),
            BigDecimal::add);
      }
    }
    for (JsonNode outcome : report.path("outcomes")) {
      outcomes
          .computeIfAbsent(outcome.path("id").asString(), id -> new Outcome(outcome))
          .add(outcome);
    }
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("changeLists", lists);
    json.put("changes", changes);
    ArrayNode sums = json.putArray("totals");
    totals.forEach(
        (currency, amount) ->
            sums.addObject().put("amount", amount.toPlainString()).put("currency", currency));
    ArrayNode followed = json.putArray("outcomes");
    outcomes.values().forEach(outcome -> followed.add(outcome.json()));
    return json;
  }
}
