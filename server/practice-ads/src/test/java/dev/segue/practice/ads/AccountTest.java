package dev.segue.practice.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AccountTest {

  private static final String CAMPAIGNS =
      """
      {"campaigns": [{"id": "lunch", "dailyBudget": "70.00", "adSets": [{"id": "all",
        "variants": [{"name": "a/b", "status": "active"}],
        "segments": [{"name": "18-24", "reach": "100"}]}]}]}
      """;

  @TempDir private Path folder;
  private final Account account = Account.inMemory(json(CAMPAIGNS));

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private Answer set(String key, String target, String id, String expected, String value) {
    return account.set(key, wanted(target, id, expected, value));
  }

  private static ObjectNode wanted(String target, String id, String expected, String value) {
    ObjectNode wanted = JsonMapper.shared().createObjectNode();
    return wanted.put("target", target).put("id", id).put("expected", expected).put("value", value);
  }

  @Test
  void setsAValueOncePerKey() {
    Answer first = set("k1", "campaign-budget", "lunch", "70.00", "84");
    assertThat(first).isEqualTo(new Answer.Done("change-1"));
    assertThat(set("k1", "campaign-budget", "lunch", "70.00", "84")).isEqualTo(first);
    assertThat(account.value("campaign-budget", "lunch")).hasValue("84.00");
    assertThat(account.changeCount()).isEqualTo(1);
    assertThat(set("k1", "campaign-budget", "lunch", "84.00", "90"))
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void altersNothingThatIsNotAsExpected() {
    assertThat(set("k1", "campaign-budget", "lunch", "60.00", "50.00"))
        .isEqualTo(new Answer.Differs("70.00"));
    assertThat(set("k2", "campaign-budget", "gone", "60.00", "50.00"))
        .isInstanceOf(Answer.Differs.class);
    assertThat(account.changeCount()).isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(set("k", "campaign-budget", "lunch", "70.00", "100001"))
        .isInstanceOf(Answer.Refused.class);
    assertThat(set("k", "campaign-budget", "lunch", "70.00", "1.234"))
        .isInstanceOf(Answer.Refused.class);
    assertThat(set("k", "segment-reach", "all/18-24", "100", "201"))
        .isInstanceOf(Answer.Refused.class);
    assertThat(set("k", "variant-status", "all/a/b", "active", "gone"))
        .isInstanceOf(Answer.Refused.class);
    assertThat(set("k", "variant-status", "all/a/b", "active", "paused"))
        .isInstanceOf(Answer.Done.class);
    assertThatThrownBy(() -> account.override("segment-reach", "all/18-24", "-1"))
        .hasMessageContaining("can't be -1");
  }

  @Test
  void keepsEverythingInItsFile() throws Exception {
    Path file = folder.resolve("account.json");
    Account.in(file, json(CAMPAIGNS))
        .set("k1", wanted("campaign-budget", "lunch", "70.00", "80.00"));
    Account again = Account.in(file, json(CAMPAIGNS));
    assertThat(again.value("campaign-budget", "lunch")).hasValue("80.00");
    assertThat(again.change("k1")).isPresent();
    assertThat(again.campaigns().has("changes")).isFalse();
  }
}
