package dev.segue.server.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Money;
import dev.segue.server.http.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitCheckTest {

  @Test
  void aListWithinAllLimitsIsToldWithItsFigures() {
    assertThat(
            within(
                Map.of(
                    "percentPerChange",
                    10,
                    "changesPerSet",
                    2,
                    "currency",
                    "EUR",
                    "amountPerSet",
                    9),
                price("4.00", "4.20", "-3"),
                price("2.00", "2.20", "6")))
        .isEqualTo("2 of at most 2 changes, 9 of at most 9 EUR, 10 % of at most 10 % for a change");
  }

  @Test
  void percentIsOfTheNumberBeforeAndNeverRoundedDown() {
    assertThat(beyond(Map.of("percentPerChange", 10), price("3.00", "3.3001", null)))
        .isEqualTo("change 1 alters a number by 10.01 %, the policy allows 10 %");
    assertThat(beyond(Map.of("percentPerChange", 10), price("-2", "-1.7", null))).contains("15 %");
    assertThat(within(Map.of("percentPerChange", 0), price("0", "0.00", null))).contains("0 %");
  }

  @Test
  void whatCannotBeMeasuredGoesToAPersonUnlessItsKindIsNamed() {
    assertThat(beyond(Map.of("percentPerChange", 10), price("0", "0.10", null)))
        .contains("away from zero");
    assertThat(
            beyond(
                Map.of("percentPerChange", 10, "targets", List.of("price")),
                price("0", "0.10", null)))
        .as("whatever is named")
        .contains("away from zero");
    assertThat(beyond(Map.of("percentPerChange", 10), status())).contains("per cent");
    Map<String, Object> amounts = Map.of("currency", "EUR", "amountPerDay", 5);
    assertThat(beyond(amounts, status())).isEqualTo("change 1 names no amount");
    assertThat(
            within(
                Map.of(
                    "percentPerChange",
                    10,
                    "currency",
                    "EUR",
                    "amountPerDay",
                    5,
                    "targets",
                    List.of("status")),
                status()))
        .contains("0 of at most 5 EUR today");
  }

  @Test
  void anotherCurrencyGoesToAPersonWhateverIsNamed() {
    Limits limits =
        limits(Map.of("currency", "USD", "amountPerSet", 100, "targets", List.of("price")));
    assertThat(new LimitCheck(limits).check(List.of(price("1", "1", "1")), null, Measured.NOTHING))
        .isEqualTo(new LimitCheck.Result.Beyond("change 1 is in another currency than USD"));
  }

  @Test
  void aKindThatIsNotNamedGoesToAPerson() {
    assertThat(beyond(Map.of("changesPerSet", 9, "targets", List.of("price")), status()))
        .isEqualTo("change 1 alters a status, which the policy doesn't name");
  }

  @Test
  void whatTheDayHasUsedCounts() {
    Measured used = new Measured(3, new BigDecimal("7.50"), 3);
    LimitCheck check =
        new LimitCheck(limits(Map.of("currency", "EUR", "amountPerDay", 10, "changesPerDay", 4)));
    assertThat(check.check(List.of(price("1", "1", "2.50")), null, used))
        .isInstanceOf(LimitCheck.Result.Within.class);
    assertThat(check.check(List.of(price("1", "1", "2.51")), null, used))
        .isEqualTo(
            new LimitCheck.Result.Beyond("it comes to 10.01 EUR today, the policy allows 10"));
  }

  @Test
  void theAudienceIsTheFieldOfThatNameElseOnePerson() {
    Change campaign =
        Change.of(new ChangeTarget("letter", "all", "All guests"), "Write to all")
            .after("audience", 250)
            .build();
    assertThat(beyond(Map.of("audiencePerSet", 250), campaign, status()))
        .isEqualTo("it comes to 251 people, the policy allows 250");
  }

  @Test
  void itHoldsAtTheSitesThatItNames() {
    LimitCheck check =
        new LimitCheck(limits(Map.of("changesPerSet", 1, "sites", List.of("berlin"))));
    assertThat(check.check(List.of(), "berlin", Measured.NOTHING))
        .isInstanceOf(LimitCheck.Result.Within.class);
    assertThat(check.check(List.of(), "hamburg", Measured.NOTHING))
        .isEqualTo(new LimitCheck.Result.Beyond("the policy doesn't hold at hamburg"));
    assertThat(check.check(List.of(), null, Measured.NOTHING))
        .isInstanceOf(LimitCheck.Result.Beyond.class);
  }

  private static String within(Map<String, Object> limits, Change... changes) {
    return ((LimitCheck.Result.Within) check(limits, changes)).words();
  }

  private static String beyond(Map<String, Object> limits, Change... changes) {
    return ((LimitCheck.Result.Beyond) check(limits, changes)).reason();
  }

  private static LimitCheck.Result check(Map<String, Object> limits, Change... changes) {
    return new LimitCheck(limits(limits)).check(List.of(changes), null, Measured.NOTHING);
  }

  private static Limits limits(Map<String, Object> limits) {
    return Json.mapper().convertValue(limits, Limits.class);
  }

  private static Change price(String before, String after, @Nullable String amount) {
    Change.Builder change =
        Change.of(new ChangeTarget("price", "tea", "Tea"), "Set the price of tea")
            .before("price", new BigDecimal(before))
            .after("price", new BigDecimal(after));
    return amount == null ? change.build() : change.amount(Money.of(amount, "EUR")).build();
  }

  private static Change status() {
    return Change.of(new ChangeTarget("status", "photo", "Photo"), "Pause the photo")
        .before("status", "active")
        .after("status", "paused")
        .build();
  }
}
