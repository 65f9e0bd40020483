package dev.segue.server.cli.scenarios;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as its file says it. Every part but the title and the end may be missing.
 *
 * @param title what it shows, in a sentence
 * @param given the world before the run
 * @param when what people do, in order
 * @param then what must have come of it
 */
public record Scenario(
    @Nullable String title, @Nullable Given given, @Nullable List<Act> when, @Nullable Then then) {

  /**
   * The world before the run. Texts may hold {@code ${today}}, {@code ${today-1}} and the like, and
   * {@code ${sales}}, {@code ${mail}}, {@code ${ads}} and {@code ${platform}} for the names of the
   * connections.
   *
   * @param site fields of the site beyond its id
   * @param menu what is sold, and how much a day
   * @param salesDays for how many days up to yesterday there are sales; 56 if missing
   * @param ads for how many days up to yesterday there are results of the practice platform's ads;
   *     none if missing
   * @param adsFall on how many of the last of these days all campaigns but one bring half; 0 if
   *     missing
   * @param adMetrics what metrics say of these ads, hour by hour; nothing if missing
   * @param files further files in the folder of sales, by name
   * @param variables the start variables
   */
  public record Given(
      @Nullable Map<String, Object> site,
      @Nullable List<MenuItem> menu,
      @Nullable Integer salesDays,
      @Nullable Integer ads,
      @Nullable Integer adsFall,
      @Nullable AdMetrics adMetrics,
      @Nullable Map<String, String> files,
      @Nullable Map<String, Object> variables) {

    static final Given NOTHING = new Given(null, null, null, null, null, null, null, null);
    private static final int SALES_DAYS = 56;

    Map<String, Object> siteFields() {
      return Objects.requireNonNullElse(site, Map.of());
    }

    List<MenuItem> menuItems() {
      return Objects.requireNonNullElse(menu, List.of());
    }

    int daysOfSales() {
      return Objects.requireNonNullElse(salesDays, SALES_DAYS);
    }

    int daysOfAds() {
      return Objects.requireNonNullElse(ads, 0);
    }

    int daysOfFall() {
      return Objects.requireNonNullElse(adsFall, 0);
    }

    Map<String, String> furtherFiles() {
      return Objects.requireNonNullElse(files, Map.of());
    }

    Map<String, Object> startVariables() {
      return Objects.requireNonNullElse(variables, Map.of());
    }
  }

  /**
   * The metrics {@code ad_cost}, {@code ad_conversions} and {@code ad_cost_per_conversion} up to
   * the hour that began last.
   *
   * @param days for how many days there are points
   * @param worse what has hardly brought anything of late: a campaign, or one of its segments as in
   *     {@code lunch/18-24}; nothing if missing
   * @param hours for how many hours that is so; 6 if missing
   */
  public record AdMetrics(int days, @Nullable String worse, @Nullable Integer hours) {

    private static final int HOURS = 6;

    int worseHours() {
      return Objects.requireNonNullElse(hours, HOURS);
    }
  }

  /**
   * An item of the menu.
   *
   * @param item its id
   * @param perDay units sold on each day
   */
  public record MenuItem(String item, String name, BigDecimal price, BigDecimal cost, int perDay) {}

  /**
   * Waits until an approval is open, and does something about it; or publishes a message.
   *
   * @param approval the element's id
   * @param decide {@code approve}, {@code reject}, or {@code wait} to only see that it is there
   * @param comment goes with the decision
   * @param edits fields of changes to alter, by the change's number in the list, counted from 0
   * @param first what happens just before the decision
   * @param message what comes from outside, instead of an approval
   */
  public record Act(
      @Nullable String approval,
      @Nullable Choice decide,
      @Nullable String comment,
      @Nullable Map<Integer, Map<String, Object>> edits,
      @Nullable Meanwhile first,
      @Nullable Note message) {}

  /**
   * A message to a run.
   *
   * @param name by which the diagram waits for it
   * @param key by which it finds the run
   * @param variables what it brings
   */
  public record Note(String name, String key, @Nullable Map<String, Object> variables) {}

  /** What to do about an approval. */
  public enum Choice {
    approve,
    reject,
    wait
  }

  /**
   * What happens behind the workflow's back.
   *
   * @param prices new prices in the catalogue, by item
   * @param budgets new daily budgets at the practice ad platform, by campaign
   */
  public record Meanwhile(
      @Nullable Map<String, BigDecimal> prices, @Nullable Map<String, BigDecimal> budgets) {

    Map<String, BigDecimal> newPrices() {
      return Objects.requireNonNullElse(prices, Map.of());
    }

    Map<String, BigDecimal> newBudgets() {
      return Objects.requireNonNullElse(budgets, Map.of());
    }
  }

  /**
   * What must have come of it.
   *
   * @param end the end event at which the run ended
   * @param through elements that the run went through, in this order; others may lie between
   * @param never elements that it did not touch
   * @param variables parts of variables by their path, such as {@code summary.prices}
   * @param changes states of the change sets by the element that planned them, oldest first
   * @param messages addresses and a part of the subject of all mails, in any order
   */
  public record Then(
      @Nullable String end,
      @Nullable List<String> through,
      @Nullable List<String> never,
      @Nullable Map<String, Object> variables,
      @Nullable Map<String, List<String>> changes,
      @Nullable List<Message> messages) {}

  /**
   * A mail.
   *
   * @param to its only recipient
   * @param subject a part of its subject
   * @param attachment the name of a file that it must bring; any or none if missing
   */
  public record Message(String to, String subject, @Nullable String attachment) {}
}
