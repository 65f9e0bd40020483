package dev.segue.plugins.posfiles;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says whether the sales of the last weeks can be worked with. */
@StepInfo(
    name = "check-sales",
    title = "Check sales data",
    description =
        "Looks for missing days, dates in the future, negative prices, repeated orders and sudden"
            + " drops in the sales of the last weeks.",
    effect = Effect.READ,
    icon = "check.svg",
    category = "Sales")
final class CheckSales implements Step<CheckSales.Input, CheckSales.Output> {

  private static final int MOST_FINDINGS = 200;
  private static final int MANY_REPEATED_PERCENT = 2;

  enum Unfit {
    NEVER,
    ON_ERROR,
    ON_WARNING
  }

  record Input(
      @Field(title = "Days to look at", min = 1, max = 730, defaultValue = "28") int days,
      @Field(title = "Last business day", help = "The last finished one if empty.")
          Optional<LocalDate> until,
      @Field(
              title = "Unfit",
              help = "When to end with the error SALES_DATA_UNFIT, for the diagram to handle.",
              defaultValue = "ON_ERROR")
          Unfit unfit) {}

  record Output(
      @Field(title = "Fit for use") boolean ok,
      @Field(title = "First business day") LocalDate from,
      @Field(title = "Last business day") LocalDate to,
      @Field(title = "Lines", min = 0) long lines,
      @Field(title = "Days with sales", min = 0) int daysWithSales,
      @Field(title = "Errors", min = 0) int errors,
      @Field(title = "Warnings", min = 0) int warnings,
      @Field(title = "Findings", help = "The worst first; at most 200.") List<Finding> findings) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Site site =
        context
            .site()
            .orElseThrow(
                () ->
                    new StepError(
                        "SITE_NEEDED",
                        "Sales belong to a site, and this run has none. Start it for a site."));
    LocalDate to = input.until().orElseGet(() -> site.businessDate(context.now()).minusDays(1));
    LocalDate from = to.minusDays(input.days() - 1L);
    SalesQueries sales = new SalesQueries(context.data().dataSource(), site.id(), from, to);
    var lines = sales.linesByDay();
    List<Finding> findings = new ArrayList<>();
    findings.addAll(
        new DayRules(site, lines, sales.holidays(), from.datesUntil(to.plusDays(1)).toList())
            .findings());
    findings.addAll(oddLines(sales, context));
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    Output output =
        new Output(
            findings.stream().noneMatch(finding -> isUnfit(finding, input.unfit())),
            from,
            to,
            lines.values().stream().mapToLong(Long::longValue).sum(),
            lines.size(),
            count(findings, Finding.Severity.ERROR),
            count(findings, Finding.Severity.WARNING),
            findings.stream().limit(MOST_FINDINGS).toList());
    refuseUnfit(output, input.unfit());
    return output;
  }

  private static List<Finding> oddLines(SalesQueries sales, StepContext context)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    long future = sales.linesAfter(context.now());
    if (future > 0) {
      findings.add(
          Finding.of(
              Finding.Kind.FUTURE,
              Finding.Severity.ERROR,
              future,
              future + " lines lie in the future; check the till's clock and the time zone."));
    }
    long negative = sales.negativePrices();
    if (negative > 0) {
      findings.add(
          Finding.of(
              Finding.Kind.NEGATIVE_PRICE,
              Finding.Severity.ERROR,
              negative,
              negative
                  + " lines have a negative price; returns have a negative quantity instead."));
    }
    long repeated = sales.repeatedOrders();
    if (repeated > 0) {
      boolean many = repeated * 100 > sales.orders() * MANY_REPEATED_PERCENT;
      findings.add(
          Finding.of(
              Finding.Kind.DUPLICATES,
              many ? Finding.Severity.ERROR : Finding.Severity.WARNING,
              repeated,
              repeated
                  + " orders equal another one to the second and the cent; the same sales may have"
                  + " been imported under two numbers."));
    }
    return findings;
  }

  private static boolean isUnfit(Finding finding, Unfit unfit) {
    return switch (unfit) {
      case NEVER, ON_ERROR -> finding.severity() == Finding.Severity.ERROR;
      case ON_WARNING -> finding.severity() != Finding.Severity.INFO;
    };
  }

  private static int count(List<Finding> findings, Finding.Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static void refuseUnfit(Output output, Unfit unfit) {
    if (unfit == Unfit.NEVER || output.ok()) {
      return;
    }
    throw new StepError(
        "SALES_DATA_UNFIT",
        "The sales from "
            + output.from()
            + " to "
            + output.to()
            + " cannot be relied on: "
            + output.findings().stream()
                .limit(3)
                .map(Finding::message)
                .collect(Collectors.joining(" "))
            + (output.findings().size() > 3
                ? " And " + (output.findings().size() - 3) + " more."
                : ""));
  }
}
