package dev.segue.server.workflows;

import dev.segue.bpmn.model.Feel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a workflow says of its runs' expectations, so that rehearsals can look at what followed.
 *
 * @param id within its workflow
 * @param title for people
 * @param compare how to look at it
 * @param measure of which the business data knows
 * @param rows FEEL over a run's variables: a list of {@code {key, expected}}
 * @param from FEEL: the first business day that it tells of
 * @param to FEEL: the last one
 */
public record DeclaredOutcome(
    String id,
    String title,
    Compare compare,
    OutcomeMeasure measure,
    String rows,
    String from,
    String to) {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Set<String> KEYS =
      Set.of("id", "title", "compare", "measure", "rows", "from", "to");
  private static final int MOST = 10;

  /** How an expectation relates to what followed. */
  public enum Compare {
    /** It says what will be, with or without the run: the error counts. */
    FORECAST,
    /** It says what somebody should do: it counts whether things went the same way. */
    PROPOSAL
  }

  /**
   * What is wrong with a package's outcomes.
   *
   * @return for people, one text per problem; empty if they are fine
   */
  static List<String> problems(List<ObjectNode> written, Feel feel) {
    List<String> problems = new ArrayList<>();
    if (written.size() > MOST) {
      problems.add("There are %d outcomes; at most %d go.".formatted(written.size(), MOST));
    }
    Set<String> ids = new HashSet<>();
    for (ObjectNode one : written) {
      String id = one.path("id").asString("");
      problem(one, feel)
          .or(() -> ids.add(id) ? Optional.empty() : Optional.of("it is there twice."))
          .ifPresent(problem -> problems.add("The outcome %s: %s".formatted(id, problem)));
    }
    return problems;
  }

  private static Optional<String> problem(ObjectNode written, Feel feel) {
    for (String key : written.propertyNames()) {
      if (!KEYS.contains(key)) {
        return Optional.of("there is no key %s.".formatted(key));
      }
    }
    if (!ID.matcher(written.path("id").asString("")).matches()) {
      return Optional.of("an id has 1 to 40 characters of a-z, 0-9 and -.");
    }
    String measure = written.path("measure").asString("");
    if (OutcomeMeasure.of(measure).isEmpty()) {
      return Optional.of(
          "there is no measure '%s'. Known are %s.".formatted(measure, OutcomeMeasure.all()));
    }
    if (compare(written.path("compare")) == null) {
      return Optional.of("compare is forecast or proposal.");
    }
    for (String name : List.of("rows", "from", "to")) {
      String text = written.path(name).asString("");
      if (!Feel.isExpression(text)) {
        return Optional.of(name + " is FEEL, such as `=forecast.from`.");
      }
      Optional<String> problem = feel.problem(Feel.expression(text));
      if (problem.isPresent()) {
        return problem.map(why -> name + " is not FEEL: " + why);
      }
    }
    return Optional.empty();
  }

  /** Reads one that was found to be without problems. */
  public static DeclaredOutcome read(JsonNode written) {
    Compare compare = compare(written.path("compare"));
    return new DeclaredOutcome(
        written.path("id").asString(),
        written.path("title").asString(written.path("id").asString()),
        compare == null ? Compare.FORECAST : compare,
        OutcomeMeasure.of(written.path("measure").asString()).orElseThrow(),
        Feel.expression(written.path("rows").asString()),
        Feel.expression(written.path("from").asString()),
        Feel.expression(written.path("to").asString()));
  }

  private static @Nullable Compare compare(JsonNode written) {
    return switch (written.asString("forecast")) {
      case "forecast" -> Compare.FORECAST;
      case "proposal" -> Compare.PROPOSAL;
      default -> null;
    };
  }
}
