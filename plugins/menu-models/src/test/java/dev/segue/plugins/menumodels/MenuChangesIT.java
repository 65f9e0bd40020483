package dev.segue.plugins.menumodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.plugins.menumodels.changes.PriceEnding;
import dev.segue.plugins.menumodels.matrix.MenuClass;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Site;
import dev.segue.sdk.Undo;
import dev.segue.testkit.ChangeStepContract;
import dev.segue.testkit.ChangeStepHarness;
import dev.segue.testkit.TestHost;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the matrix over proposals to changes in the price list and the calendar, on a database. */
class MenuChangesIT extends ChangeStepContract<MenuChanges.Input, MenuChanges.Output> {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
  private static final LocalDate TOMORROW = TODAY.plusDays(1);
  private static final Site SITE =
      new Site(
          DemandDatabase.SITE,
          "Corner Café",
          ZoneId.of("Europe/Berlin"),
          Currency.getInstance("EUR"),
          LocalTime.of(4, 0),
          Map.of());

  @TempDir private static Path folder;
  private static DemandDatabase database;

  private TestHost host;

  @BeforeAll
  static void start() {
    database = new DemandDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  protected TestHost host() throws Exception {
    database.reset();
    database.sql("truncate data.price_row, data.promotion_row");
    database.sql(
        """
        insert into data.item_row (site_id, item_id, name, price, unit_cost, currency, active) values
          ('corner-cafe', 'pasta', 'Pasta', 10, 4, 'EUR', true),
          ('corner-cafe', 'quattro', 'Quattro', 10, 3, 'EUR', true),
          ('corner-cafe', 'soup', 'Soup', 10, 4, 'EUR', false)
        """);
    host =
        TestHost.of("menu-models", new MenuModelsPlugin())
            .site(SITE)
            .now(Instant.parse("2026-11-23T06:00:00Z"))
            .data(database.source());
    return host;
  }

  @Override
  protected Class<? extends ChangeStep<MenuChanges.Input, MenuChanges.Output>> step() {
    return MenuChanges.class;
  }

  @Override
  protected MenuChanges.Input input() {
    ProposeChanges.Output proposals = propose();
    return new MenuChanges.Input(
        proposals.priceSteps(), proposals.promotions(), List.of(), proposals.summary());
  }

  @Override
  protected OptionalLong effects() throws Exception {
    return OptionalLong.of(
        database.count(
            "select (select count(*) from data.price) + (select count(*) from data.promotion)"));
  }

  @Test
  void proposesWithinTheCatalogueAsItIsNow() {
    ProposeChanges.Output proposals = propose();
    assertThat(proposals.count()).isEqualTo(2);
    assertThat(proposals.priceSteps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.itemId()).isEqualTo("pasta");
              assertThat(step.to()).isEqualByComparingTo("10.40");
              assertThat(step.startsOn()).isEqualTo(TOMORROW);
            });
    assertThat(proposals.briefs())
        .singleElement()
        .satisfies(brief -> assertThat(brief.id()).isEqualTo("quattro/" + TOMORROW));
    assertThat(proposals.summary()).startsWith("1 price step and 1 promotion, together");
  }

  @Test
  void hasNothingToProposeOnceItsProposalsAreInForce() {
    harness().applyAll(harness().plan(input()));
    ProposeChanges.Output again = propose();
    assertThat(again.count()).isZero();
    assertThat(again.summary()).startsWith("Nothing to change");
  }

  @Test
  void entersPricesAndPromotionsOnceAndSumsUp() throws Exception {
    MenuChanges.Output output = harness().applyAll(harness().plan(input()));
    assertThat(output).isEqualTo(new MenuChanges.Output(1, 1, 0, List.of()));
    assertThat(
            database.count(
                "select count(*) from data.price where item_id = 'pasta' and price = 10.40"
                    + " and valid_from = '2026-11-24' and change_key = 'test-set/0'"))
        .isEqualTo(1);
    assertThat(
            database.count(
                "select count(*) from data.promotion where item_id = 'quattro' and discount = 0.15"
                    + " and status = 'planned' and change_key = 'test-set/1'"))
        .isEqualTo(1);
  }

  @Test
  void isValidUntilTheEndOfTheNextBusinessDay() {
    assertThat(plan())
        .allSatisfy(change -> assertThat(change.validUntil()).isEqualTo("2026-11-25T03:00:00Z"));
  }

  @Test
  void leavesAPriceThatSomeoneElseHasChangedMeanwhile() throws Exception {
    Change price = plan().getFirst();
    database.sql(
        "insert into data.price (site_id, item_id, valid_from, price, currency)"
            + " values ('corner-cafe', 'pasta', '2026-11-20', 10.20, 'EUR')");
    assertThat(harness().apply(price, "set/0"))
        .asInstanceOf(type(ChangeOutcome.Stale.class))
        .satisfies(stale -> assertThat(stale.found()).contains("10.20 EUR").contains("not 10.00"));
    assertThat(harness().outcome(price, "set/0")).isInstanceOf(PastOutcome.DidNotHappen.class);
  }

  @Test
  void leavesAnItemThatIsOffTheMenuMeanwhile() throws Exception {
    Change price = plan().getFirst();
    database.sql("update data.item set active = false where item_id = 'pasta'");
    assertThat(harness().apply(price, "set/0"))
        .asInstanceOf(type(ChangeOutcome.Stale.class))
        .satisfies(stale -> assertThat(stale.found()).contains("no longer on the menu"));
  }

  @Test
  void refusesAPromotionIntoTheDaysOfAnother() {
    Change promotion = plan().getLast();
    harness().apply(promotion, "set/1");
    assertThat(harness().apply(promotion, "other/1"))
        .asInstanceOf(type(ChangeOutcome.Stale.class))
        .satisfies(stale -> assertThat(stale.found()).contains("15 % off quattro"));
  }

  @Test
  void takesEditsWithinTheLimitsAndNamesThoseBeyond() {
    List<Change> planned = plan();
    assertThat(check(planned, Map.of("price", new BigDecimal("10.25")), Map.of())).isEmpty();
    assertThat(
            check(
                planned,
                Map.of("price", new BigDecimal("10.45")),
                Map.of("discount", new BigDecimal("0.25"))))
        .extracting(ChangeProblem::ordinal, ChangeProblem::field)
        .containsExactly(tuple(0, "price"), tuple(1, "discount"));
    assertThat(check(planned, Map.of("price", "ten"), Map.of("endsOn", "2026-11-20")))
        .extracting(ChangeProblem::message)
        .containsExactly(
            "Give a number, such as 9.50.", "It would end before it begins; choose a later day.");
    assertThat(
            check(
                planned,
                Map.of("price", new BigDecimal("10.251")),
                Map.of("startsOn", "2026-11-01")))
        .extracting(ChangeProblem::message)
        .containsExactly(
            "The currency has no such small coin; round the price.",
            "That day has gone by; choose 2026-11-23 or later.");
  }

  @Test
  void takesBothBackAndSaysSoTwiceWithoutHarm() throws Exception {
    List<Change> planned = plan();
    for (int i = 0; i < planned.size(); i++) {
      Change change = planned.get(i);
      var applied = (ChangeOutcome.Applied) harness().apply(change, "set/" + i);
      Undo undo = harness().inverse(change, applied);
      Change inverse = ((Undo.By) undo).inverse();
      assertThat(harness().apply(inverse, "undo/" + i)).isInstanceOf(ChangeOutcome.Applied.class);
      assertThat(harness().apply(inverse, "undo/" + i)).isInstanceOf(ChangeOutcome.Applied.class);
      assertThat(harness().outcome(inverse, "undo/" + i)).isInstanceOf(PastOutcome.Happened.class);
    }
    assertThat(database.count("select count(*) from data.price where price = 10")).isEqualTo(1);
    assertThat(database.count("select count(*) from data.promotion where status = 'cancelled'"))
        .isEqualTo(1);
  }

  private ChangeStepHarness<MenuChanges.Input, MenuChanges.Output> harness() {
    return host.changeStep(MenuChanges.class);
  }

  private List<Change> plan() {
    return harness().plan(input()).changes().changes();
  }

  private List<ChangeProblem> check(
      List<Change> planned, Map<String, Object> price, Map<String, Object> promotion) {
    return harness()
        .check(List.of(edited(planned.get(0), price), edited(planned.get(1), promotion)));
  }

  private static Change edited(Change change, Map<String, Object> values) {
    Map<String, Object> after = new HashMap<>(change.after());
    after.putAll(values);
    return change.withAfter(after);
  }

  private ProposeChanges.Output propose() {
    return host.step(ProposeChanges.class)
        .run(
            new ProposeChanges.Input(
                List.of(
                    item("pasta", MenuClass.PLOW_HORSE, "0.5", "6"),
                    item("quattro", MenuClass.PUZZLE, "0.1", "7"),
                    item("soup", MenuClass.PLOW_HORSE, "0.4", "6"),
                    item("gone", MenuClass.PUZZLE, "0.1", "7")),
                new BigDecimal("6.50"),
                List.of(outlook("pasta", "70"), outlook("quattro", "70"), outlook("soup", "70")),
                TODAY,
                TODAY.plusDays(6),
                new BigDecimal("55"),
                3,
                new BigDecimal("4"),
                PriceEnding.ZERO_OR_FIVE,
                28,
                new BigDecimal("0.8"),
                3,
                new BigDecimal("20"),
                7,
                14,
                new BigDecimal("2.5")));
  }

  private static SortMenu.Item item(String id, MenuClass place, String share, String margin) {
    return new SortMenu.Item(
        id,
        id,
        "",
        place,
        BigDecimal.TEN,
        new BigDecimal(share),
        BigDecimal.TEN,
        BigDecimal.ONE,
        new BigDecimal(margin));
  }

  private static ForecastDemand.Outlook outlook(String id, String units) {
    return new ForecastDemand.Outlook(
        id, new BigDecimal(units), new BigDecimal(units), Optional.empty());
  }
}
