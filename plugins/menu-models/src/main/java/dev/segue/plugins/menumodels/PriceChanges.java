package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.changes.Figures;
import dev.segue.plugins.menumodels.changes.PriceStep;
import dev.segue.plugins.menumodels.store.PriceList;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepData;
import dev.segue.sdk.Undo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Changes of prices in the price list. */
final class PriceChanges {

  private static final String KIND = "price";
  private static final String PRICE = "price";
  private static final String FROM = "from";
  private static final String LOWEST = "lowestPrice";
  private static final String HIGHEST = "highestPrice";

  private final Site site;
  private final Figures figures;

  PriceChanges(Site site, Figures figures) {
    this.site = site;
    this.figures = figures;
  }

  static boolean isOne(Change change) {
    return change.target().kind().equals(KIND);
  }

  Change plan(PriceStep step, Instant validUntil) {
    String verb = step.to().compareTo(step.from()) > 0 ? "Raise " : "Lower ";
    return Change.of(
            ItemTarget.of(KIND, site, step.itemId(), step.item()),
            verb
                + step.item()
                + " from "
                + figures.money(step.from())
                + " to "
                + figures.money(step.to()))
        .reason(step.reason())
        .effect(step.effect())
        .before(PRICE, step.from())
        .editableAfter(PRICE, step.to())
        .after(FROM, step.startsOn().toString())
        .after(LOWEST, step.lowest())
        .after(HIGHEST, step.highest())
        .expected(PRICE, step.from())
        .undo("Sets the price back to " + figures.money(step.from()) + ".")
        .validUntil(validUntil)
        .build();
  }

  static void check(ChangeFields fields, Figures figures) {
    Optional<BigDecimal> price = fields.decimal(PRICE);
    if (price.isEmpty()) {
      return;
    }
    Map<String, Object> after = fields.change().after();
    Optional<BigDecimal> lowest = ChangeFields.decimal(after.get(LOWEST));
    Optional<BigDecimal> highest = ChangeFields.decimal(after.get(HIGHEST));
    if (price.get().stripTrailingZeros().scale() > figures.currency().getDefaultFractionDigits()) {
      fields.problem(PRICE, "The currency has no such small coin; round the price.");
    } else if (lowest.isPresent() && price.get().compareTo(lowest.get()) < 0) {
      fields.problem(
          PRICE,
          "Below "
              + figures.money(lowest.get())
              + " the step or the margin would pass its limit; choose a higher price.");
    } else if (highest.isPresent() && price.get().compareTo(highest.get()) > 0) {
      fields.problem(
          PRICE,
          "Above "
              + figures.money(highest.get())
              + " the step would pass its limit; choose a lower price.");
    }
  }

  /** Enters the price from the planned day on, or from today if that day has gone by. */
  ChangeOutcome apply(Change change, String key, LocalDate today, StepData data)
      throws SQLException {
    Optional<BigDecimal> price = ChangeFields.decimal(change.after().get(PRICE));
    Optional<BigDecimal> expected = ChangeFields.decimal(change.expected().get(PRICE));
    Optional<LocalDate> from = ChangeFields.date(change, FROM);
    if (price.isEmpty() || expected.isEmpty() || from.isEmpty()) {
      return new ChangeOutcome.Refused("The change lacks its price, its day or the price before.");
    }
    ItemTarget item = ItemTarget.of(change);
    PriceList.Entry entry =
        new PriceList.Entry(
            item.siteId(),
            item.itemId(),
            from.get().isBefore(today) ? today : from.get(),
            price.get(),
            site.currency().getCurrencyCode(),
            change.reason(),
            key);
    return switch (new PriceList(data.dataSource()).enter(entry, expected.get())) {
      case PriceList.Entered.Stands stands -> applied(stands.from());
      case PriceList.Entered.Otherwise otherwise ->
          new ChangeOutcome.Stale(
              otherwise
                  .price()
                  .map(
                      now ->
                          change.target().label()
                              + " costs "
                              + figures.money(now)
                              + " now, not "
                              + figures.money(expected.get())
                              + ".")
                  .orElse(change.target().label() + " is no longer on the menu."));
    };
  }

  static PastOutcome outcome(String key, StepData data) throws SQLException {
    return new PriceList(data.dataSource())
        .find(key)
        .<PastOutcome>map(from -> new PastOutcome.Happened(applied(from)))
        .orElseGet(PastOutcome.DidNotHappen::new);
  }

  private static ChangeOutcome.Applied applied(LocalDate from) {
    return new ChangeOutcome.Applied("", Map.of(FROM, from.toString()));
  }

  /** The price before becomes the price after; an approver has nothing to choose. */
  static Undo inverse(Change change) {
    Object before = change.before().get(PRICE);
    Object after = change.after().get(PRICE);
    Object from = change.after().get(FROM);
    if (before == null || after == null || from == null) {
      return new Undo.None("The change does not say what the price was before.");
    }
    return new Undo.By(
        Change.of(change.target(), "Set back the price of " + change.target().label())
            .reason("Takes back: " + change.title())
            .before(PRICE, after)
            .after(PRICE, before)
            .after(FROM, from)
            .expected(PRICE, after)
            .undo("Changes the price once more.")
            .build());
  }
}
