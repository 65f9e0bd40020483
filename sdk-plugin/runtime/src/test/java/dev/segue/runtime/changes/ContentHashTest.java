package dev.segue.runtime.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.segue.runtime.schema.Json;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ContentHashTest {

  private static final ChangeTarget TARGET = new ChangeTarget("price", "a/b", "Margherita");

  @Test
  void theHashOfAKnownSetNeverChanges() {
    assertThat(hash(set(change("9.90"))))
        .isEqualTo("22adc0c6b60ea679f4e2ff016c69dfc223b0d6cc3ceef1fd06b3e24e5d8adee0");
  }

  @Test
  void numbersCountByValueAndTextsByLetter() {
    String hash = hash(set(withPrice(new BigDecimal("9.50"))));

    assertThat(hash(set(withPrice(new BigDecimal("9.5"))))).isEqualTo(hash);
    assertThat(hash(set(withPrice(new BigDecimal("95E-1"))))).isEqualTo(hash);
    assertThat(hash(set(withPrice(new BigDecimal("9.51"))))).isNotEqualTo(hash);
    assertThat(hash(set(withPrice("9.5")))).isNotEqualTo(hash);
    assertThat(hash(set(withPrice(10)))).isEqualTo(hash(set(withPrice(new BigDecimal("10.00")))));
    assertThat(hash(set(withPrice(10L)))).isEqualTo(hash(set(withPrice(BigInteger.TEN))));
    assertThat(hash(set(amount("9.50")))).isEqualTo(hash(set(amount("9.5"))));
    assertThat(hash(set(amount("9.50")))).isNotEqualTo(hash(set(amount("9.51"))));
  }

  @Test
  void everyFieldCounts() {
    List<Consumer<ObjectNode>> edits =
        List.of(
            json -> json.put("title", "other"),
            json -> json.put("reason", "other"),
            json -> json.put("effect", "other"),
            json -> json.put("undo", "other"),
            json -> json.put("validUntil", "2027-01-01T00:00:00Z"),
            json -> json.withObject("/target").put("id", "other"),
            json -> json.withObject("/target").put("kind", "other"),
            json -> json.withObject("/target").put("label", "other"),
            json -> json.withObject("/before").put("price", 1),
            json -> json.withObject("/after").put("price", 1),
            json -> json.withObject("/after").put("more", 1),
            json -> json.withObject("/expected").put("price", 1),
            json -> json.putArray("editable"),
            json -> json.putObject("amount").put("amount", "1").put("currency", "EUR"));
    Set<String> hashes = new HashSet<>();
    hashes.add(hash(set(change("9.90"))));
    for (Consumer<ObjectNode> edit : edits) {
      ObjectNode json = ChangeSetJson.write(change("9.90"));
      edit.accept(json);
      hashes.add(hash(set(ChangeSetJson.readChange(json))));
    }
    Change one = change("9.90");
    hashes.add(hash(new ChangeSet("other", "because", List.of(one))));
    hashes.add(hash(new ChangeSet("Prices", "other", List.of(one))));
    hashes.add(hash(set(one, one)));
    hashes.add(ContentHash.of(set(one), Map.of("shop", "main")));
    hashes.add(ContentHash.of(set(one), Map.of("shop", "other")));

    assertThat(hashes).hasSize(edits.size() + 6);
  }

  @Test
  void theOrderOfChangesCountsButNotTheOrderOfFields() {
    Change forth = Change.of(TARGET, "t").after("a", 1).after("b", 2).build();
    Change back = Change.of(TARGET, "t").after("b", 2).after("a", 1).build();
    Change other = change("9.90");

    assertThat(hash(set(forth))).isEqualTo(hash(set(back)));
    assertThat(hash(set(forth, other))).isNotEqualTo(hash(set(other, forth)));
  }

  @Test
  void noTripThroughJsonTextAltersTheHash() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      List<Change> changes = new ArrayList<>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        changes.add(randomChange(random));
      }
      ChangeSet set = new ChangeSet("t" + i, "", changes);

      ChangeSet back = ChangeSetJson.readSet(Json.parse(Json.write(ChangeSetJson.write(set))));

      assertThat(hash(back)).isEqualTo(hash(set));
    }
  }

  @Test
  void textsAreEscapedSoThatNoTwoSetsCollide() {
    assertThat(
            CanonicalJson.write(
                Json.parse("{\"b\":[1.50,\"x\\\"\\u0001\\n\"],\"a\":{},\"é\":null}")))
        .isEqualTo("{\"a\":{},\"b\":[1.5,\"x\\\"\\u0001\\n\"],\"é\":null}");
    assertThat(hash(set(withPrice("\uD83C")))).isNotEqualTo(hash(set(withPrice("?"))));
    assertThat(CanonicalJson.number(new BigDecimal("1E+999999"))).isEqualTo("1E999999");
    assertThat(CanonicalJson.number(new BigDecimal("-0.000"))).isEqualTo("0");
  }

  @Test
  void outcomesSurviveTheTripThroughJson() {
    for (ChangeOutcome outcome :
        List.of(
            new ChangeOutcome.Applied("msg-1", Map.of("n", 1, "price", new BigDecimal("9.50"))),
            new ChangeOutcome.Stale("10.20"),
            new ChangeOutcome.Refused("closed"))) {
      assertThat(ChangeSetJson.readOutcome(Json.parse(Json.write(ChangeSetJson.write(outcome)))))
          .isEqualTo(outcome);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangeSetJson.readOutcome(Json.parse("{\"state\":\"odd\"}")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangeSetJson.readSet(Json.parse("{\"title\":\"t\"}")))
        .withMessageContaining("lacks the field 'changes'");
  }

  @Test
  void totalsAreSummedPerCurrency() {
    ChangeSet set =
        set(
            amount("1.50"),
            amount("2.50"),
            Change.of(TARGET, "t").amount(Money.of("7", "USD")).build(),
            change("9"));

    assertThat(ChangeSetReference.of("id", "hash", set).totals())
        .isEqualTo(Map.of("EUR", new BigDecimal("4.00"), "USD", new BigDecimal("7")));
  }

  private static String hash(ChangeSet set) {
    return ContentHash.of(set, Map.of());
  }

  private static ChangeSet set(Change... changes) {
    return new ChangeSet("Prices", "because", List.of(changes));
  }

  private static Change withPrice(Object price) {
    return Change.of(TARGET, "t").after("price", price).build();
  }

  private static Change amount(String amount) {
    return Change.of(TARGET, "t").amount(Money.of(amount, "EUR")).build();
  }

  private static Change change(String price) {
    return Change.of(TARGET, "Raise Margherita")
        .reason("It sells well")
        .effect("More margin")
        .before("price", new BigDecimal("9.50"))
        .editableAfter("price", new BigDecimal(price))
        .expected("price", new BigDecimal("9.50"))
        .undo("Set it back")
        .validUntil(Instant.parse("2026-12-01T04:00:00Z"))
        .build();
  }

  private static Change randomChange(Random random) {
    Change.Builder builder = Change.of(TARGET, "t" + random.nextInt(9));
    for (int n = random.nextInt(5); n >= 0; n--) {
      builder.after("f" + n, randomValue(random, 3));
    }
    if (random.nextBoolean()) {
      builder.amount(Money.of(randomDecimal(random).toPlainString(), "EUR"));
    }
    return builder.build();
  }

  private static Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> randomDecimal(random);
      case 3 -> new BigInteger(100, random);
      case 4 -> random.nextBoolean();
      case 5 -> Integer.toString(random.nextInt(), 36) + (char) (32 + random.nextInt(2_000));
      case 6 -> List.of(randomValue(random, depth - 1), randomValue(random, depth - 1));
      default -> Map.of("k" + random.nextInt(3), randomValue(random, depth - 1));
    };
  }

  private static BigDecimal randomDecimal(Random random) {
    return new BigDecimal(new BigInteger(60, random), random.nextInt(40) - 15);
  }
}
