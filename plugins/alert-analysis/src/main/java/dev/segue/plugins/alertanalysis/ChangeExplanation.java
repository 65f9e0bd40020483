package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.Explanation.Contribution;
import dev.segue.plugins.alertanalysis.Explanation.Named;
import dev.segue.plugins.alertanalysis.cause.Amounts;
import dev.segue.plugins.alertanalysis.cause.Breakdown;
import dev.segue.plugins.alertanalysis.cause.Cause;
import dev.segue.plugins.alertanalysis.cause.CauseSearch;
import dev.segue.plugins.alertanalysis.cause.Measure;
import dev.segue.plugins.alertanalysis.cause.Part;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** From what was compared to the causes, in words. */
final class ChangeExplanation {

  private static final int MOST_CAUSES = 5;
  private static final int MOST_PARTS = 12;

  /** Half of an 80 % interval in standard deviations. */
  private static final double EIGHTY = 1.2816;

  private final ExplainChange.Input input;
  private final Measure measure;
  private final String unit;

  ChangeExplanation(ExplainChange.Input input) {
    this.input = input;
    this.measure = input.measure();
    this.unit = input.unit().equals("1") ? "" : input.unit();
  }

  Explanation of(Spans.Compared compared) {
    if (compared.after().isEmpty() || compared.ordinary().isEmpty()) {
      return empty(
          compared,
          compared.after().isEmpty()
              ? "There are no amounts of segments since then, so nothing can be compared."
              : "There are no amounts of segments from before, so nothing can be compared.");
    }
    Breakdown breakdown = Breakdown.beside(measure, compared.ordinary(), compared.after());
    double before = breakdown.valueBefore();
    double after = breakdown.valueAfter();
    if (!Double.isFinite(before) || !Double.isFinite(after)) {
      return empty(compared, "The denominator is nothing, so there is no figure to explain.");
    }
    List<Cause> causes =
        new CauseSearch(CauseSearch.Rule.DEFAULT)
            .causes(measure, compared.ordinary(), compared.after());
    List<Named> named =
        causes.stream().limit(MOST_CAUSES).map(cause -> named(cause, breakdown)).toList();
    String dimension =
        causes.isEmpty()
            ? breakdown.dimensionsByUnevenness().stream().findFirst().orElse("")
            : causes.getFirst().dimension();
    List<Part> parts =
        (dimension.isEmpty() ? List.<Part>of() : breakdown.parts(dimension))
            .stream()
                .sorted(Comparator.comparingDouble(part -> -Math.abs(part.contribution())))
                .toList();
    String move =
        input.title()
            + " went from "
            + Words.amount(before, unit)
            + " ("
            + compared.with()
            + ") to "
            + Words.amount(after, unit)
            + " ("
            + Words.change(before, after)
            + "). ";
    return new Explanation(
        !causes.isEmpty(),
        measure,
        Optional.of(input.numerator()),
        unit,
        compared.with(),
        Optional.of(Words.figure(before)),
        Optional.of(Words.figure(after)),
        named,
        dimension,
        parts.stream().limit(MOST_PARTS).map(this::contribution).toList(),
        move + (named.isEmpty() ? unexplained(dimension, parts) : named.getFirst().text()));
  }

  private Explanation empty(Spans.Compared compared, String text) {
    return new Explanation(
        false,
        measure,
        Optional.of(input.numerator()),
        unit,
        compared.with(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        List.of(),
        text);
  }

  private static String unexplained(String dimension, List<Part> parts) {
    if (parts.isEmpty()) {
      return "There are no segments to tell apart.";
    }
    Part first =
        parts.stream().max(Comparator.comparingDouble(Part::share)).orElse(parts.getFirst());
    return "No single segment explains it: the largest part is "
        + Words.label(dimension)
        + " "
        + name(first)
        + " with "
        + Words.percent(first.share())
        + ", where "
        + Words.percent(first.shareIfAlike())
        + " would be its share if all moved alike.";
  }

  private static String name(Part part) {
    return part.segments().stream().allMatch(String::isEmpty)
        ? "(none)"
        : Words.list(part.segments());
  }

  private Contribution contribution(Part part) {
    return new Contribution(
        name(part),
        value(part.before()),
        value(part.after()),
        Words.figure(part.contribution()),
        Words.figure(part.share()),
        Words.figure(part.rateEffect()),
        Words.figure(part.mixEffect()));
  }

  private Optional<BigDecimal> value(Amounts amounts) {
    double value = amounts.value(measure);
    return Double.isFinite(value) ? Optional.of(Words.figure(value)) : Optional.empty();
  }

  private Named named(Cause cause, Breakdown breakdown) {
    Part part = cause.part();
    Amounts rest = breakdown.totalAfter().minus(part.after());
    double without = measure == Measure.RATIO ? rest.value(measure) : Double.NaN;
    OptionalDouble events = events(rest);
    boolean known = Double.isFinite(without);
    boolean bounded = known && events.isPresent();
    double factor = Math.exp(EIGHTY / Math.sqrt(Math.max(1, events.orElse(1))));
    return new Named(
        cause.dimension(),
        part.segments(),
        Words.figure(part.share()),
        Words.figure(part.shareIfAlike()),
        Words.figure(part.surprise()),
        Words.figure(part.rateEffect()),
        Words.figure(part.mixEffect()),
        cause.within(),
        Words.figure(weight(part.after(), breakdown.totalAfter())),
        known ? Optional.of(Words.figure(without)) : Optional.empty(),
        bounded ? Optional.of(Words.figure(without / factor)) : Optional.empty(),
        bounded ? Optional.of(Words.figure(without * factor)) : Optional.empty(),
        words(cause, breakdown));
  }

  /** The fewest events that a ratio is made of; empty if neither of its amounts counts any. */
  private OptionalDouble events(Amounts amounts) {
    DoubleStream.Builder counts = DoubleStream.builder();
    if (AdAmounts.isCount(input.numerator())) {
      counts.add(amounts.numerator());
    }
    if (input.denominator().filter(AdAmounts::isCount).isPresent()) {
      counts.add(amounts.denominator());
    }
    return counts.build().min();
  }

  private String words(Cause cause, Breakdown breakdown) {
    Part part = cause.part();
    String who = Words.label(cause.dimension()) + " " + name(part);
    StringBuilder text = new StringBuilder();
    text.append(Character.toUpperCase(who.charAt(0))).append(who.substring(1));
    text.append(part.segments().size() > 1 ? " explain " : " explains ");
    text.append(Words.percent(Math.min(1, part.share()))).append(" of it: ");
    text.append(how(part, breakdown)).append('.');
    if (!cause.within().isEmpty()) {
      text.append(" Nearly all of that is in ").append(Words.labels(cause.within())).append('.');
    }
    return text.toString();
  }

  private String how(Part part, Breakdown breakdown) {
    String from = words(part.before());
    String to = words(part.after());
    if (measure == Measure.SUM) {
      return "from " + from + " to " + to;
    }
    boolean byRate = Math.abs(part.rateEffect()) >= Math.abs(part.mixEffect());
    if (byRate) {
      return "its own figure went from " + from + " to " + to;
    }
    return "its weight went from "
        + Words.percent(weight(part.before(), breakdown.totalBefore()))
        + " to "
        + Words.percent(weight(part.after(), breakdown.totalAfter()))
        + ", and its own figure is "
        + to;
  }

  private static double weight(Amounts part, Amounts whole) {
    return whole.denominator() == 0 ? 0 : part.denominator() / whole.denominator();
  }

  private String words(Amounts amounts) {
    double value = amounts.value(measure);
    return Double.isFinite(value) ? Words.amount(value, unit) : "nothing to divide by";
  }
}
