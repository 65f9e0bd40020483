package dev.segue.plugins.adspractice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.practice.ads.PracticePlatform;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.invoke.Planned;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Secret;
import dev.segue.sdk.Undo;
import dev.segue.testkit.ChangeStepContract;
import dev.segue.testkit.ChangeStepHarness;
import dev.segue.testkit.TestHost;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans and applies at a platform over loopback, with the contract of change steps. */
class CampaignChangesIT extends ChangeStepContract<CampaignChanges.Input, CampaignChanges.Output> {

  private static final String TOKEN = "practice-token";

  private PracticePlatform platform;
  private TestHost host;
  private ChangeStepHarness<CampaignChanges.Input, CampaignChanges.Output> harness;

  @Override
  protected TestHost host() throws Exception {
    platform = PracticePlatform.start(TOKEN);
    host =
        TestHost.of("ads-practice", new AdsPracticePlugin())
            .now(Instant.parse("2026-11-21T06:00:00Z"));
    harness = host.changeStep(CampaignChanges.class);
    return host;
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Override
  protected Class<? extends ChangeStep<CampaignChanges.Input, CampaignChanges.Output>> step() {
    return CampaignChanges.class;
  }

  @Override
  protected CampaignChanges.Input input() {
    return new CampaignChanges.Input(
        account(TOKEN),
        List.of(budget("lunch", "70", "56.00"), budget("dinner", "70", "84.00")),
        List.of(segment("18-24", Wanted.Advice.NARROW), segment("55+", Wanted.Advice.WIDEN)),
        List.of(pause("plain"), pause("photo")),
        "Two budgets move.");
  }

  @Override
  protected OptionalLong effects() {
    return OptionalLong.of(platform.changes());
  }

  private AdAccount account(String token) {
    return new AdAccount(platform.address(), new Secret(token));
  }

  private static Wanted.Budget budget(String campaign, String from, String to) {
    return new Wanted.Budget(
        campaign,
        campaign,
        new BigDecimal(from),
        new BigDecimal(to),
        new BigDecimal("20"),
        new BigDecimal("90"),
        "Why.",
        "What for.");
  }

  private static Wanted.Segment segment(String name, Wanted.Advice advice) {
    return new Wanted.Segment("lunch-all", "Lunch guests", name, advice, "Why.", "What for.");
  }

  private static Wanted.Pause pause(String variant) {
    return new Wanted.Pause("lunch-all", "Lunch guests", variant, "Why.", "What for.");
  }

  private List<Change> plan() {
    return harness.plan(input()).changes().changes();
  }

  @Test
  void setsWhatWasApprovedAndNeverPausesTheLastVariant() {
    assertThat(harness.applyAll(harness.plan(input())))
        .isEqualTo(new CampaignChanges.Output(2, 2, 1, 0, List.of()));
    assertThat(platform.value("campaign-budget", "dinner")).hasValue("84.00");
    assertThat(platform.value("segment-reach", "lunch-all/18-24")).hasValue("0");
    assertThat(platform.value("segment-reach", "lunch-all/55+")).hasValue("125");
    assertThat(platform.value("variant-status", "lunch-all/plain")).hasValue("paused");
    assertThat(platform.value("variant-status", "lunch-all/photo")).hasValue("active");
    assertThat(host.step(ReadAccount.class).run(new ReadAccount.Input(account(TOKEN))).campaigns())
        .extracting(ReadAccount.Running::id, ReadAccount.Running::dailyBudget)
        .contains(tuple("lunch", new BigDecimal("56.00")));
  }

  @Test
  void leavesWhatSomebodyElseHasChangedMeanwhile() {
    Change lunch = plan().getFirst();
    platform.override("campaign-budget", "lunch", "75.00");
    assertThat(harness.apply(lunch, "set/0"))
        .asInstanceOf(type(ChangeOutcome.Stale.class))
        .satisfies(stale -> assertThat(stale.found()).contains("75.00 now, not 70.00"));
    assertThat(harness.outcome(lunch, "set/0")).isInstanceOf(PastOutcome.DidNotHappen.class);
    assertThat(harness.planFailure(input()))
        .asInstanceOf(type(StepFailure.BusinessError.class))
        .satisfies(error -> assertThat(error.code()).isEqualTo("ACCOUNT_CHANGED"));
  }

  @Test
  void lowersBudgetsBeforeItRaisesAnySoThatTheTotalIsNeverExceeded() {
    CampaignChanges.Input riseFirst =
        new CampaignChanges.Input(
            account(TOKEN),
            List.of(budget("dinner", "70", "84.00"), budget("lunch", "70", "56.00")),
            List.of(),
            List.of(),
            "-");
    assertThat(harness.plan(riseFirst).changes().changes())
        .extracting(change -> change.target().id())
        .containsExactly("lunch", "dinner");
  }

  @Test
  void setsAllBudgetsOfAListOrNoneThereAndBack() {
    Planned planned = harness.plan(input());
    platform.override("campaign-budget", "dinner", "75.00");
    assertThat(harness.applyAll(planned))
        .isEqualTo(new CampaignChanges.Output(0, 2, 1, 0, List.of()));
    assertThat(platform.value("campaign-budget", "lunch")).hasValue("70.00");
    assertThat(harness.outdated(planned.changes().changes()))
        .extracting(ChangeProblem::message)
        .hasSize(2)
        .allSatisfy(
            message ->
                assertThat(message).contains("the daily budget of Dinner is 75.00 now, not 70.00"));

    List<Change> back = new ArrayList<>();
    for (Change change : planned.changes().changes().subList(0, 2)) {
      back.addFirst(inverse(change));
    }
    platform.override("campaign-budget", "lunch", "56.00");
    platform.override("campaign-budget", "dinner", "84.00");
    assertThat(harness.outdated(back)).isEmpty();
    platform.override("campaign-budget", "lunch", "50.00");
    assertThat(harness.outdated(back))
        .extracting(ChangeProblem::ordinal)
        .as("the other stays as well")
        .containsExactly(0, 1);
    platform.close();
    assertThat(harness.outdatedFailure(back)).isInstanceOf(StepFailure.Retry.class);
  }

  private Change inverse(Change change) {
    Undo undo = harness.inverse(change, new ChangeOutcome.Applied("a-reference"));
    return ((Undo.By) undo).inverse();
  }

  @Test
  void takesEditsWithinLimitsAndTotalAndNamesThoseBeyond() {
    List<Change> planned = plan();
    assertThat(check(planned, 1, "dailyBudget", new BigDecimal("80.00"))).isEmpty();
    assertThat(check(planned, 1, "dailyBudget", new BigDecimal("91")))
        .extracting(ChangeProblem::message)
        .satisfiesExactly(
            message -> assertThat(message).contains("above the ceiling of 90"),
            message -> assertThat(message).contains("would rise from 140.00 to 147.00"));
    assertThat(check(planned, 0, "dailyBudget", "much"))
        .extracting(ChangeProblem::message)
        .contains("Give an amount, such as 82.50.");
    assertThat(check(planned, 2, "reachPercent", 300))
        .extracting(ChangeProblem::ordinal)
        .containsExactly(2);
    assertThat(harness.check(planned.subList(1, planned.size())))
        .as("a list without the reduction")
        .extracting(ChangeProblem::message)
        .allSatisfy(message -> assertThat(message).contains("would rise"));
  }

  private List<ChangeProblem> check(List<Change> planned, int ordinal, String field, Object value) {
    List<Change> edited = new ArrayList<>(planned);
    Map<String, Object> after = new HashMap<>(planned.get(ordinal).after());
    after.put(field, value);
    edited.set(ordinal, planned.get(ordinal).withAfter(after));
    return harness.check(edited);
  }

  @Test
  void takesEverythingBackTheSecondTimeWithoutHarm() {
    List<Change> planned = plan();
    for (int i = 0; i < planned.size(); i++) {
      ChangeOutcome applied = harness.apply(planned.get(i), "set/" + i);
      Undo undo = harness.inverse(planned.get(i), (ChangeOutcome.Applied) applied);
      Change inverse = ((Undo.By) undo).inverse();
      assertThat(harness.apply(inverse, "undo/" + i)).isInstanceOf(ChangeOutcome.Applied.class);
      assertThat(harness.apply(inverse, "undo/" + i)).isInstanceOf(ChangeOutcome.Applied.class);
    }
    assertThat(platform.value("campaign-budget", "lunch")).hasValue("70.00");
    assertThat(platform.value("segment-reach", "lunch-all/18-24")).hasValue("100");
    assertThat(platform.value("variant-status", "lunch-all/plain")).hasValue("active");
  }

  @Test
  void saysWhatIsWrongWithTheConnection() {
    ReadAccount.Input wrong = new ReadAccount.Input(account("wrong"));
    assertThat(host.step(ReadAccount.class).failure(wrong).message())
        .contains("refuses the token")
        .doesNotContain("wrong\"");
    URI away = URI.create("http://ads.example.com");
    assertThatThrownBy(() -> new AdAccount(away, new Secret("x")))
        .hasMessageContaining("127.0.0.1");
    Change lunch = plan().getFirst();
    platform.close();
    assertThat(harness.applyFailure(lunch, "set/0")).isInstanceOf(StepFailure.Retry.class);
  }
}
