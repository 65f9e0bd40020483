package dev.segue.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.runtime.fixture.BakeryAccount;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import dev.segue.sdk.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinderTest {

  enum Size {
    SMALL,
    LARGE
  }

  record Line(String item, int count) {}

  record Everything(
      boolean flag,
      int whole,
      long large,
      double measure,
      String text,
      BigDecimal decimal,
      Money price,
      LocalDate day,
      LocalTime time,
      Instant instant,
      ZonedDateTime zoned,
      Duration duration,
      ZoneId zone,
      URI link,
      UUID id,
      Size size,
      Line line,
      List<Line> lines,
      Set<Size> sizes,
      Map<String, BigDecimal> prices,
      Object anything,
      Optional<String> note) {}

  private static final Everything FULL =
      new Everything(
          true,
          -3,
          9_007_199_254_740_993L,
          0.1,
          "Grüße 🍕",
          new BigDecimal("12345678901234567890.123456789"),
          Money.of("9.50", "EUR"),
          LocalDate.parse("2026-03-01"),
          LocalTime.parse("17:30"),
          Instant.parse("2026-03-01T17:30:00Z"),
          ZonedDateTime.parse("2026-03-01T17:30:00+01:00[Europe/Berlin]"),
          Duration.parse("PT2H30M"),
          ZoneId.of("Europe/Berlin"),
          URI.create("https://example.com/menu?x=1"),
          UUID.fromString("0190a1b2-0000-7000-8000-000000000001"),
          Size.LARGE,
          new Line("loaf", 2),
          List.of(new Line("bun", 1), new Line("roll", 3)),
          Set.of(Size.SMALL),
          Map.of("loaf", new BigDecimal("4.20")),
          Map.of("nested", List.of(1, "two", true)),
          Optional.of("fresh"));

  private final Binder<Everything> binder = Binder.of(Everything.class, Role.INPUT);

  @Test
  void everySupportedTypeSurvivesTheTripThroughJsonText() {
    String text = Json.write(binder.write(FULL));

    assertThat(binder.read(Json.parse(text))).isEqualTo(FULL);
  }

  @Test
  void moneyIsWrittenWithItsAmountAsText() {
    assertThat(Json.write(binder.write(FULL).get("price")))
        .isEqualTo("{\"amount\":\"9.50\",\"currency\":\"EUR\"}");
  }

  record Whole(int count) {}

  @ParameterizedTest
  @ValueSource(strings = {"3", "3.0", "3.000", "3e0", "30e-1"})
  void wholeNumbersMayComeAsFeelWritesThem(String number) {
    assertThat(Binder.of(Whole.class, Role.INPUT).read(Json.parse("{\"count\":" + number + "}")))
        .isEqualTo(new Whole(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"count":3.5}            | 'count' must be a whole number, but is the number 3.5
          {"count":3000000000}     | 'count' is the number 3000000000, which is out of range
          {"count":1e1000000}      | 'count' is a number with too many digits
          {"count":"3"}            | 'count' must be a whole number, but is the text "3"; without quotes, or by number(…), it is a number
          {"count":[]}             | 'count' must be a whole number, but is a list
          {"count":null}           | 'count' is missing; give it a value
          {}                       | 'count' is missing; give it a value
          []                       | the value must be an object, but is a list
          """)
  void aValueThatDoesNotFitIsNamedWithItsPlace(String json, String problem) {
    assertThat(problems(Binder.of(Whole.class, Role.INPUT), json)).containsExactly(problem);
  }

  record Decimal(BigDecimal amount) {}

  @ParameterizedTest
  @ValueSource(strings = {"9.50", "\"9.50\"", "\"+9.50\""})
  void decimalsComeAsNumbersOrTextsAndKeepTheirScale(String number) {
    assertThat(
            Binder.of(Decimal.class, Role.INPUT)
                .read(Json.parse("{\"amount\":" + number + "}"))
                .amount())
        .isEqualTo(new BigDecimal("9.50"));
  }

  record Times(Instant at) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T16:30:00Z",
        "2026-03-01T17:30:00+01:00",
        "2026-03-01T17:30:00@Europe/Berlin",
        "2026-03-01T17:30:00+01:00[Europe/Berlin]"
      })
  void instantsComeInIsoAndInFeelNotation(String text) {
    assertThat(Binder.of(Times.class, Role.INPUT).read(Json.parse("{\"at\":\"" + text + "\"}")))
        .isEqualTo(new Times(Instant.parse("2026-03-01T16:30:00Z")));
  }

  record Limits(
      @Field(min = 0, max = 0.4) double margin,
      @Field(minLength = 1, maxLength = 5) String name,
      @Field(pattern = "[a-z]+") String code,
      @Field(choices = {"email", "sms"}) String channel,
      @Field(minLength = 1) List<String> items,
      @Field(min = 1) Money price) {}

  @Test
  void allBrokenLimitsAreReportedAtOnce() {
    String json =
        """
        {"margin":0.7,"name":"","code":"A1","channel":"fax","items":[],
         "price":{"amount":"0.99","currency":"EUR"}}
        """;

    assertThat(problems(Binder.of(Limits.class, Role.INPUT), json))
        .containsExactly(
            "'margin' is 0.7; it must be at most 0.4",
            "'name' is empty; give it a text",
            "'code' is \"A1\", which doesn't match [a-z]+",
            "'channel' is \"fax\"; allowed are email, sms",
            "'items' has 0 elements; it needs at least 1",
            "'price' is 0.99; it must be at least 1");
  }

  @Test
  void limitsHoldForOutputsToo() {
    Limits broken = new Limits(0.5, "abc", "x", "sms", List.of("a"), Money.of("2", "EUR"));

    assertThatThrownBy(() -> Binder.of(Limits.class, Role.OUTPUT).write(broken))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("'margin' is 0.5; it must be at most 0.4");
  }

  record Nested(List<Line> lines) {}

  @Test
  void unknownFieldsAreIgnoredAtTheTopAndRefusedBelow() {
    assertThat(
            problems(
                Binder.of(Nested.class, Role.INPUT),
                "{\"other\":1,\"lines\":[{\"item\":\"a\",\"count\":1},{\"item\":\"b\",\"cuont\":1}]}"))
        .containsExactly(
            "'lines[1].cuont' is unknown here; known are item, count",
            "'lines[1].count' is missing; give it a value");
  }

  record Defaults(
      @Field(defaultValue = "5") int days,
      @Field(defaultValue = "PT1H") Duration pause,
      @Field(defaultValue = "[\"a\"]") List<String> items) {}

  @Test
  void absentAndNullFieldsTakeTheirDefault() {
    assertThat(Binder.of(Defaults.class, Role.INPUT).read(Json.parse("{\"days\":null}")))
        .isEqualTo(new Defaults(5, Duration.ofHours(1), List.of("a")));
  }

  record Choosy(String name) {
    Choosy {
      if (name.startsWith("x")) {
        throw new IllegalArgumentException("names must not start with x");
      }
    }
  }

  @Test
  void whatTheRecordItselfRefusesIsReportedLikeAnyOtherProblem() {
    assertThat(problems(Binder.of(Choosy.class, Role.INPUT), "{\"name\":\"xy\"}"))
        .containsExactly("the value is refused: names must not start with x");
  }

  @Test
  void anEmptyOptionalIsNullInAnOutputAndAbsentInAnInput() {
    record Maybe(Optional<Integer> count) {}

    assertThat(Json.write(Binder.of(Maybe.class, Role.OUTPUT).write(new Maybe(Optional.empty()))))
        .isEqualTo("{\"count\":null}");
    assertThat(Json.write(Binder.of(Maybe.class, Role.INPUT).write(new Maybe(Optional.empty()))))
        .isEqualTo("{}");
  }

  record Tree(String name, List<Tree> children) {}

  record Wrong(
      Thread thread,
      Map<Integer, String> map,
      Secret password,
      BakeryAccount account,
      @Field(min = 1) String text,
      @Field(pattern = "[") String pattern,
      @Field(defaultValue = "x") int number,
      @Field(example = "no date") LocalDate day,
      List<List<Tree>> trees) {}

  @Test
  void aRecordThatNoSchemaFitsIsRefusedWithEachReason() {
    BindingException refusal =
        catchThrowableOfType(BindingException.class, () -> Binder.of(Wrong.class, Role.OUTPUT));

    assertThat(refusal.problems())
        .extracting(FieldProblem::path)
        .containsExactly(
            "thread",
            "map",
            "password",
            "account",
            "text",
            "pattern",
            "number",
            "day",
            "trees[][].children[]");
  }

  @Test
  void connectionsAreResolvedByNameAndSecretsComeOnlyWithThem() {
    record Uses(BakeryAccount account) {}
    Binder<BakeryAccount> connection = Binder.of(BakeryAccount.class, Role.CONNECTION);
    BakeryAccount account =
        connection.read(Json.parse("{\"host\":\"example.com\",\"token\":\"s3cret\"}"));
    Binder<Uses> input = Binder.of(Uses.class, Role.INPUT, type -> "bakery:account");

    Bound<Uses> bound = input.read(Json.parse("{\"account\":\"main\"}"), (name, type) -> account);

    assertThat(bound.value().account()).isSameAs(account);
    assertThat(bound.connections())
        .containsExactly(new ResolvedConnection("account", "main", account));
    assertThat(input.connectionFields()).containsExactly(Map.entry("account", "bakery:account"));
    assertThat(connection.secretFields()).containsExactly("token");
    List<String> revealed = new ArrayList<>();
    connection.secrets(account, secret -> revealed.add(secret.reveal()));
    assertThat(revealed).containsExactly("s3cret");
    assertThat(
            catchThrowableOfType(
                    BindingException.class, () -> input.read(Json.parse("{\"account\":\"other\"}")))
                .problems())
        .extracting(FieldProblem::toString)
        .containsExactly("'account' cannot be used: there is no connection of the name 'other'");
  }

  private static List<String> problems(Binder<?> binder, String json) {
    BindingException refusal =
        catchThrowableOfType(BindingException.class, () -> binder.read(Json.parse(json)));
    assertThat(refusal).as("refusal of " + json).isNotNull();
    return refusal.problems().stream().map(FieldProblem::toString).toList();
  }
}
