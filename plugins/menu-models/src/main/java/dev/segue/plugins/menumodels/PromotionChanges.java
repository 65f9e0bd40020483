package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.changes.Figures;
import dev.segue.plugins.menumodels.changes.PromotionProposal;
import dev.segue.plugins.menumodels.changes.PromotionText;
import dev.segue.plugins.menumodels.store.PromotionCalendar;
import dev.segue.plugins.menumodels.store.PromotionCalendar.Promotion;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepData;
import dev.segue.sdk.Undo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of the calendar of promotions. */
final class PromotionChanges {

  private static final String KIND = "promotion";
  private static final String TITLE = "title";
  private static final String DISCOUNT = "discount";
  private static final String MOST_DISCOUNT = "highestDiscount";
  private static final String STARTS_ON = "startsOn";
  private static final String ENDS_ON = "endsOn";
  private static final String STATUS = "status";
  private static final String CANCELLED = "cancelled";
  private static final String ID = "promotion";
  private static final BigDecimal LEAST_DISCOUNT = new BigDecimal("0.01");
  private static final int MOST_DAYS = 62;

  /** The channels with the length of their texts. */
  private static final Map<String, Integer> CHANNELS = channels();

  private final Site site;

  PromotionChanges(Site site) {
    this.site = site;
  }

  private static Map<String, Integer> channels() {
    Map<String, Integer> channels = new LinkedHashMap<>();
    channels.put("emailSubject", 200);
    channels.put("emailBody", 10_000);
    channels.put("sms", 160);
    channels.put("social", 2_000);
    return channels;
  }

  Change plan(PromotionProposal proposal, @Nullable PromotionText text, Instant validUntil) {
    String title = Figures.percent(proposal.discount()) + " off " + proposal.item();
    Change.Builder change =
        Change.of(
                ItemTarget.of(KIND, site, proposal.itemId(), proposal.item()),
                "Promote " + title + " from " + proposal.startsOn() + " to " + proposal.endsOn())
            .reason(proposal.reason())
            .effect(proposal.effect())
            .editableAfter(TITLE, title)
            .editableAfter(DISCOUNT, proposal.discount())
            .after(MOST_DISCOUNT, proposal.mostDiscount())
            .editableAfter(STARTS_ON, proposal.startsOn().toString())
            .editableAfter(ENDS_ON, proposal.endsOn().toString());
    if (text != null) {
      change
          .editableAfter("emailSubject", text.emailSubject())
          .editableAfter("emailBody", text.emailBody())
          .editableAfter("sms", text.sms())
          .editableAfter("social", text.social());
    }
    return change
        .expected("overlapping", "none")
        .undo("Cancels the promotion; what guests were told stays told.")
        .validUntil(validUntil)
        .build();
  }

  static void check(ChangeFields fields, LocalDate today, StepData data) throws SQLException {
    if (isCancelling(fields.change())) {
      return;
    }
    fields.checkText(TITLE, 1, 120);
    CHANNELS.forEach((channel, most) -> fields.checkText(channel, 1, most));
    fields.decimal(DISCOUNT).ifPresent(discount -> checkDiscount(fields, discount));
    Optional<LocalDate> startsOn = fields.date(STARTS_ON);
    Optional<LocalDate> endsOn = fields.date(ENDS_ON);
    if (startsOn.isEmpty() || endsOn.isEmpty()) {
      return;
    }
    if (startsOn.get().isBefore(today)) {
      fields.problem(STARTS_ON, "That day has gone by; choose " + today + " or later.");
    } else if (endsOn.get().isBefore(startsOn.get())) {
      fields.problem(ENDS_ON, "It would end before it begins; choose a later day.");
    } else if (ChronoUnit.DAYS.between(startsOn.get(), endsOn.get()) >= MOST_DAYS) {
      fields.problem(ENDS_ON, "A promotion lasts at most " + MOST_DAYS + " days.");
    } else {
      Optional<Promotion> promotion = promotion(fields.change());
      if (promotion.isPresent()) {
        new PromotionCalendar(data.dataSource())
            .overlapping(promotion.get())
            .ifPresent(other -> fields.problem(STARTS_ON, overlaps(other)));
      }
    }
  }

  private static void checkDiscount(ChangeFields fields, BigDecimal discount) {
    BigDecimal most =
        ChangeFields.decimal(fields.change().after().get(MOST_DISCOUNT)).orElse(BigDecimal.ONE);
    if (discount.compareTo(LEAST_DISCOUNT) < 0) {
      fields.problem(DISCOUNT, "Give a share from 0.01, such as 0.15 for 15 %.");
    } else if (discount.compareTo(most) > 0) {
      fields.problem(
          DISCOUNT,
          "More than "
              + Figures.percent(most)
              + " off would pass the limit or the least margin; choose less.");
    }
  }

  /** Two promotions of one item in the same list may not overlap either. */
  static void checkTogether(List<Change> changes, List<ChangeProblem> problems) {
    for (int later = 1; later < changes.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (overlap(changes.get(earlier), changes.get(later))) {
          problems.add(new ChangeProblem(later, STARTS_ON, overlaps(changes.get(earlier).title())));
        }
      }
    }
  }

  private static boolean overlap(Change one, Change other) {
    if (!plans(one) || !plans(other) || !one.target().id().equals(other.target().id())) {
      return false;
    }
    Optional<Promotion> first = promotion(one);
    Optional<Promotion> second = promotion(other);
    return first.isPresent()
        && second.isPresent()
        && !first.get().startsOn().isAfter(second.get().endsOn())
        && !second.get().startsOn().isAfter(first.get().endsOn());
  }

  private static boolean plans(Change change) {
    return !PriceChanges.isOne(change) && !isCancelling(change);
  }

  private static String overlaps(String other) {
    return "The promotion '" + other + "' of the same item overlaps; choose other days.";
  }

  static ChangeOutcome apply(Change change, String key, StepData data) throws SQLException {
    PromotionCalendar calendar = new PromotionCalendar(data.dataSource());
    if (isCancelling(change)) {
      return cancel(change, calendar);
    }
    Optional<Promotion> promotion = promotion(change);
    if (promotion.isEmpty()) {
      return new ChangeOutcome.Refused("The change lacks its discount or its days.");
    }
    return calendar
        .plan(promotion.get(), key)
        .<ChangeOutcome>map(
            other ->
                new ChangeOutcome.Stale(
                    "Meanwhile the promotion '" + other + "' was planned for the same days."))
        .orElseGet(() -> new ChangeOutcome.Applied(key));
  }

  private static ChangeOutcome cancel(Change change, PromotionCalendar calendar)
      throws SQLException {
    String id = ChangeFields.text(change, ID);
    if (calendar.status(id).isEmpty()) {
      return new ChangeOutcome.Refused("There is no promotion '" + id + "' any more.");
    }
    calendar.cancel(id);
    return new ChangeOutcome.Applied(id);
  }

  /** A cancelled promotion stays cancelled, whoever did it, so it need not be known by whom. */
  static PastOutcome outcome(Change change, String key, StepData data) throws SQLException {
    PromotionCalendar calendar = new PromotionCalendar(data.dataSource());
    boolean cancelling = isCancelling(change);
    String id = cancelling ? ChangeFields.text(change, ID) : key;
    boolean happened =
        calendar.status(id).filter(status -> !cancelling || status.equals(CANCELLED)).isPresent();
    return happened
        ? new PastOutcome.Happened(new ChangeOutcome.Applied(id))
        : new PastOutcome.DidNotHappen();
  }

  static Undo inverse(Change change, ChangeOutcome.Applied applied) {
    if (isCancelling(change)) {
      return new Undo.None("A cancelled promotion is not taken up again; plan a new one.");
    }
    return new Undo.By(
        Change.of(change.target(), "Cancel: " + change.title())
            .reason("Takes back: " + change.title())
            .before(STATUS, "planned")
            .after(STATUS, CANCELLED)
            .after(ID, applied.reference())
            .build());
  }

  private static boolean isCancelling(Change change) {
    return CANCELLED.equals(change.after().get(STATUS));
  }

  private static Optional<Promotion> promotion(Change change) {
    Optional<BigDecimal> discount = ChangeFields.decimal(change.after().get(DISCOUNT));
    Optional<LocalDate> startsOn = ChangeFields.date(change, STARTS_ON);
    Optional<LocalDate> endsOn = ChangeFields.date(change, ENDS_ON);
    if (discount.isEmpty() || startsOn.isEmpty() || endsOn.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String channel : CHANNELS.keySet()) {
      if (change.after().containsKey(channel)) {
        texts.put(channel, ChangeFields.text(change, channel));
      }
    }
    ItemTarget item = ItemTarget.of(change);
    return Optional.of(
        new Promotion(
            item.siteId(),
            item.itemId(),
            ChangeFields.text(change, TITLE),
            discount.get(),
            startsOn.get(),
            endsOn.get(),
            texts));
  }
}
