package dev.segue.server.rehearsals;

import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.FeelException;
import dev.segue.sdk.Site;
import dev.segue.server.data.BusinessData;
import dev.segue.server.http.Json;
import dev.segue.server.workflows.DeclaredOutcome;
import dev.segue.server.workflows.Workflows;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what a run expected, as its workflow declares, with what the business data say by now.
 * What they can't tell is said to be so.
 */
final class Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

  /** Days before are mistakes, and some that Java knows PostgreSQL doesn't. */
  private static final int FIRST_YEAR = 1900;

  /** Sums and differences of such numbers stay finite. */
  private static final double LARGEST = 1e30;

  private final Feel feel;
  private final BusinessData sites;
  private final InstantSource clock;

  Outcomes(Feel feel, BusinessData sites, InstantSource clock) {
    this.feel = feel;
    this.sites = sites;
    this.clock = clock;
  }

  /**
   * What a run had at its end.
   *
   * @param cut names of those whose values were too long for the history
   */
  private record Variables(ObjectNode values, List<String> cut) {}

  /** What a run expected of which days, by item or campaign. */
  private record Expectation(LocalDate from, LocalDate to, Map<String, Double> byKey) {}

  /** Nobody can tell, and why. */
  private static final class UntoldException extends Exception {
    private static final long serialVersionUID = 1L;

    UntoldException(String because) {
      super(because);
    }
  }

  /** The outcomes of a day whose run is as far as it comes. */
  ArrayNode of(DSLContext tx, Rehearsal rehearsal, RehearsalDay day) {
    ArrayNode outcomes = Json.array();
    List<DeclaredOutcome> declared =
        Workflows.outcomes(tx, rehearsal.workflow(), rehearsal.version());
    if (declared.isEmpty()) {
      return outcomes;
    }
    Variables variables = variables(tx, day);
    for (DeclaredOutcome one : declared) {
      outcomes.add(outcome(tx, one, day, variables));
    }
    return outcomes;
  }

  private ObjectNode outcome(
      DSLContext tx, DeclaredOutcome declared, RehearsalDay day, Variables variables) {
    ObjectNode outcome = Json.object();
    outcome.put("id", declared.id());
    outcome.put("title", declared.title());
    outcome.put(
        "compare",
        switch (declared.compare()) {
          case FORECAST -> "forecast";
          case PROPOSAL -> "proposal";
        });
    outcome.put("measure", declared.measure().label());
    try {
      Expectation expected = expectation(declared, variables);
      outcome.put("from", expected.from().toString());
      outcome.put("to", expected.to().toString());
      OutcomeFigures figures = figures(tx, declared, day, expected);
      outcome.put("told", true);
      figures.writeTo(outcome, declared.compare());
    } catch (UntoldException e) {
      outcome.put("told", false);
      outcome.put("because", e.getMessage());
    }
    return outcome;
  }

  private OutcomeFigures figures(
      DSLContext tx, DeclaredOutcome declared, RehearsalDay day, Expectation expected)
      throws UntoldException {
    Optional<Site> site = Optional.ofNullable(day.site()).flatMap(sites::site);
    if (site.isEmpty()) {
      throw new UntoldException("The run belongs to no site, so no business data tell of it.");
    }
    if (!expected.to().isBefore(site.get().businessDate(clock.instant()))) {
      throw new UntoldException("The days until %s are not over.".formatted(expected.to()));
    }
    Actuals actuals = new Actuals(tx, site.get().id(), declared.measure());
    Optional<LocalDate> last = actuals.knownTo(expected.to());
    if (last.isEmpty()) {
      throw new UntoldException("There are no data of these days.");
    }
    if (last.get().isBefore(expected.to())) {
      throw new UntoldException(
          "There are data until %s only, and it tells of days until %s."
              .formatted(last.get(), expected.to()));
    }
    Map<String, Double> actual = actuals.of(expected.from(), expected.to());
    if (actual.isEmpty()) {
      throw new UntoldException("There are no data of these days.");
    }
    int shift = weeksBack(expected);
    Map<String, Double> before =
        actuals.of(expected.from().minusDays(shift), expected.to().minusDays(shift));
    return new OutcomeFigures(expected.byKey(), actual, before, actuals.zeroWhereAbsent());
  }

  /** By how many days the same weekdays lie back of which all was known before the first day. */
  private static int weeksBack(Expectation expected) {
    long days = expected.to().toEpochDay() - expected.from().toEpochDay() + 1;
    return Math.toIntExact(7 * ((days + 6) / 7));
  }

  private Expectation expectation(DeclaredOutcome declared, Variables variables)
      throws UntoldException {
    JsonNode rows = evaluate(declared.rows(), variables);
    if (!rows.isArray() || rows.isEmpty()) {
      throw new UntoldException("The run expected nothing of it.");
    }
    Map<String, Double> byKey = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      String key = row.path("key").asString("");
      Double value = number(row.path("expected"));
      if (!key.isEmpty() && value != null) {
        byKey.put(key, value);
      }
    }
    if (byKey.isEmpty()) {
      throw new UntoldException("The run expected nothing of it.");
    }
    return new Expectation(date(declared.from(), variables), date(declared.to(), variables), byKey);
  }

  private LocalDate date(String expression, Variables variables) throws UntoldException {
    JsonNode value = evaluate(expression, variables);
    try {
      LocalDate date = LocalDate.parse(value.asString("").substring(0, 10));
      if (date.getYear() >= FIRST_YEAR) {
        return date;
      }
    } catch (DateTimeException | StringIndexOutOfBoundsException e) {
      LOG.debug("{} is no day", value, e);
    }
    throw new UntoldException(
        "The run doesn't say of which days it tells: %s is no day.".formatted(value));
  }

  private JsonNode evaluate(String expression, Variables variables) throws UntoldException {
    for (String name : variables.cut()) {
      if (expression.matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*")) {
        throw new UntoldException("The variable %s is too long for the history.".formatted(name));
      }
    }
    try {
      return feel.evaluate(expression, variables.values()).value();
    } catch (FeelException e) {
      throw new UntoldException(String.valueOf(e.getMessage()));
    }
  }

  /** Steps give amounts as numbers or as texts. */
  private static @Nullable Double number(JsonNode value) {
    try {
      double number =
          value.isNumber() ? value.doubleValue() : new BigDecimal(value.asString("")).doubleValue();
      return Math.abs(number) <= LARGEST ? Double.valueOf(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Variables variables(DSLContext tx, RehearsalDay day) {
    Record row =
        tx.fetchSingle(
            """
            select
              coalesce(jsonb_object_agg(v.name, v.value) filter (where not v.cut), '{}')::text,
              coalesce(array_agg(v.name) filter (where v.cut), '{}')
            from history.variable v
            join segue.run r on r.process_instance_key = v.scope_key
            where r.run_id = ?\
            """,
            day.runId());
    return new Variables(
        (ObjectNode) Json.parse(row.get(0, String.class)), List.of(row.get(1, String[].class)));
  }
}
