package dev.segue.plugins.alertanalysis.evaluate;

import dev.segue.plugins.alertanalysis.cause.Breakdown;
import dev.segue.plugins.alertanalysis.cause.Cause;
import dev.segue.plugins.alertanalysis.cause.CauseSearch;
import dev.segue.plugins.alertanalysis.cause.Measure;
import dev.segue.plugins.alertanalysis.cause.Part;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A command that prints how often the explanation of alerts names the cause in made-up worlds in
 * which it is known, beside naming the largest segment or the one with the largest part.
 *
 * <p>Usage: {@code EvaluateAlerts [--seed 1] [--worlds 1000]}. Exit code 0, or 2 for wrong use.
 */
public final class EvaluateAlerts {

  private static final List<String> DIMENSIONS =
      List.of("campaign", "ad_set", "variant", "segment");
  private static final double[] SIZES = {300, 3000};

  private final PrintStream out;
  private final long seed;
  private final int worlds;

  private EvaluateAlerts(PrintStream out, long seed, int worlds) {
    this.out = out;
    this.seed = seed;
    this.worlds = worlds;
  }

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    long seed = 1;
    int worlds = 1000;
    try {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--seed" -> seed = number(arguments, ++i);
          case "--worlds" -> worlds = Math.toIntExact(number(arguments, ++i));
          default ->
              throw new IllegalArgumentException(
                  "'" + arguments[i] + "' is unknown; give --seed or --worlds with a number");
        }
      }
      if (worlds < 10) {
        throw new IllegalArgumentException("--worlds must be at least 10");
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      err.println(e.getMessage());
      return 2;
    }
    new EvaluateAlerts(out, seed, worlds).print();
    return 0;
  }

  private static long number(String[] arguments, int i) {
    if (i >= arguments.length) {
      throw new IllegalArgumentException(arguments[i - 1] + " needs a value");
    }
    try {
      return Long.parseLong(arguments[i]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          arguments[i - 1] + " needs a number, not '" + arguments[i] + "'", e);
    }
  }

  /** A label and a value of it. */
  private record Answer(String dimension, String segment) {}

  private interface Way {
    /** The cause; empty to say that there is none. */
    Optional<Answer> answer(AdWorld.Story story);
  }

  private void print() {
    out.printf(
        "All data is synthetic: worlds of ads with a known cause, seed %d, %d worlds each.%n",
        seed, worlds);
    out.println("Right / wrong / none named, in percent of the worlds.");
    for (double size : SIZES) {
      out.printf(Locale.ROOT, "%n%.0f conversions in the week of the alert%n%n", size);
      out.println("| what happened | this model | the largest part | the largest segment |");
      out.println("| --- | --- | --- | --- |");
      for (AdWorld.Event event : AdWorld.Event.values()) {
        out.printf(
            "| %s | %s | %s | %s |%n",
            event.name().toLowerCase(Locale.ROOT),
            score(event, size, EvaluateAlerts::byModel),
            score(event, size, EvaluateAlerts::byPart),
            score(event, size, EvaluateAlerts::bySize));
      }
    }
  }

  private String score(AdWorld.Event event, double size, Way way) {
    int right = 0;
    int wrong = 0;
    for (int world = 0; world < worlds; world++) {
      AdWorld.Story story = new AdWorld(seed * 1_000_003 + world, size).tell(event);
      Optional<Answer> answer = way.answer(story);
      if (answer.isPresent()) {
        if (answer.get().equals(new Answer(story.dimension(), story.segment()))) {
          right++;
        } else {
          wrong++;
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "%s / %.1f / %.1f",
        event.hasCause() ? String.format(Locale.ROOT, "%.1f", 100.0 * right / worlds) : "-",
        100.0 * wrong / worlds,
        100.0 * (worlds - right - wrong) / worlds);
  }

  private static Optional<Answer> byModel(AdWorld.Story story) {
    List<Cause> causes =
        new CauseSearch(CauseSearch.Rule.DEFAULT)
            .causes(Measure.RATIO, story.before(), story.after());
    return causes.stream()
        .findFirst()
        .map(cause -> new Answer(cause.dimension(), String.join("+", cause.part().segments())));
  }

  private static Optional<Answer> byPart(AdWorld.Story story) {
    return first(story, Comparator.comparingDouble(Part::share));
  }

  private static Optional<Answer> bySize(AdWorld.Story story) {
    return first(story, Comparator.comparingDouble(part -> part.after().numerator()));
  }

  private static Optional<Answer> first(AdWorld.Story story, Comparator<Part> by) {
    Breakdown breakdown = Breakdown.beside(Measure.RATIO, story.before(), story.after());
    Optional<Answer> best = Optional.empty();
    Part most = null;
    for (String dimension : DIMENSIONS) {
      for (Part part : breakdown.parts(dimension)) {
        if (most == null || by.compare(part, most) > 0) {
          most = part;
          best = Optional.of(new Answer(dimension, part.segments().getFirst()));
        }
      }
    }
    return best;
  }
}
