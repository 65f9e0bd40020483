package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Each of the contract's tests passes for a sound step, and fails for one that breaks it; but for
 * the hash of a stored plan, which only the host itself could break.
 */
class ContractTest {

  private record Ran(Set<String> passed, Set<String> skipped, Map<String, Throwable> failed) {}

  @AfterEach
  void forgetWhatWasLeft() {
    System.getProperties().remove(Misbehaviour.HOOK);
  }

  @Test
  void aSoundStepPasses() {
    Ran ran = run(selectClass(ContractSuites.Sound.class));

    assertThat(ran.failed()).isEmpty();
    assertThat(ran.skipped()).isEmpty();
    assertThat(ran.passed())
        .containsExactly(
            "endsWithinASecondOfAnInterrupt",
            "hasOneEffectHoweverOftenItRunsWithOneKey",
            "leavesNoThreadAndNoClassBehind",
            "namesTheFieldOfAnInputThatItRefuses",
            "simulatesEachInputWithoutAnEffect");
  }

  @ParameterizedTest
  @CsvSource({
    "SimulatesForReal, simulatesEachInputWithoutAnEffect",
    "WrongOutput, simulatesEachInputWithoutAnEffect",
    "CountsNoEffects, simulatesEachInputWithoutAnEffect",
    "EffectEachTime, hasOneEffectHoweverOftenItRunsWithOneKey",
    "HeedsNoInterrupt, endsWithinASecondOfAnInterrupt",
    "RefusesWithoutAName, namesTheFieldOfAnInputThatItRefuses",
    "LeavesAThread, leavesNoThreadAndNoClassBehind",
    "LeavesAClass, leavesNoThreadAndNoClassBehind",
  })
  void aBrokenStepFails(String suite, String test) throws ClassNotFoundException {
    assertThat(run(selectMethod(suite(suite), test)).failed()).containsOnlyKeys(test);
  }

  @Test
  void aSoundMetricPasses() {
    Ran ran = run(selectClass(ContractSuites.SoundMetric.class));

    assertThat(ran.failed()).isEmpty();
    assertThat(ran.passed())
        .containsExactly(
            "endsWithinASecondOfAnInterrupt",
            "givesPointsOfThePeriodWithItsOwnLabels",
            "givesTheSamePointsHoweverThePeriodIsCut");
  }

  @ParameterizedTest
  @CsvSource({
    "MetricBeyondThePeriod, givesPointsOfThePeriodWithItsOwnLabels",
    "MetricOfStrangeLabels, givesPointsOfThePeriodWithItsOwnLabels",
    "MetricCutByThePeriod, givesTheSamePointsHoweverThePeriodIsCut",
    "MetricWithoutEnd, endsWithinASecondOfAnInterrupt",
  })
  void aBrokenMetricFails(String suite, String test) throws ClassNotFoundException {
    assertThat(run(selectMethod(suite(suite), test)).failed()).containsOnlyKeys(test);
  }

  @Test
  void aStepThatWaitsForASlowServicePasses() {
    String test = "endsWithinASecondOfAnInterrupt";

    assertThat(run(selectMethod(ContractSuites.WaitsForAnAnswer.class, test)).passed())
        .containsExactly(test);
  }

  @Test
  void aSoundChangeStepPasses() {
    Ran ran = run(selectClass(ContractSuites.SoundChange.class));

    assertThat(ran.failed()).isEmpty();
    assertThat(ran.skipped()).isEmpty();
    assertThat(ran.passed())
        .containsExactly(
            "appliesAChangeOnceHoweverOftenItIsAskedTo",
            "endsWithinASecondOfAnInterrupt",
            "findsNoProblemInItsOwnPlan",
            "keepsItsHashWhenStored",
            "leavesNoThreadAndNoClassBehind",
            "namesTheFieldOfAnInputThatItRefuses",
            "neverDeniesWhatItApplied",
            "plansItsExamples",
            "plansWithoutAnEffect",
            "sumsUpEveryKindOfOutcome",
            "takesBackWhatItSaysCanBeTakenBack");
  }

  @ParameterizedTest
  @CsvSource({
    "WrongExample, plansItsExamples",
    "PlansForReal, plansWithoutAnEffect",
    "DislikesItsOwnPlan, findsNoProblemInItsOwnPlan",
    "PaintsEachTime, appliesAChangeOnceHoweverOftenItIsAskedTo",
    "DeniesWhatItDid, neverDeniesWhatItApplied",
    "UndoesOnlyHalf, takesBackWhatItSaysCanBeTakenBack",
    "KnowsSuccessAlone, sumsUpEveryKindOfOutcome",
    "PlansOnAndOn, endsWithinASecondOfAnInterrupt",
    "PlanRefusesWithoutAName, namesTheFieldOfAnInputThatItRefuses",
    "PlanLeavesAThread, leavesNoThreadAndNoClassBehind",
  })
  void aBrokenChangeStepFails(String suite, String test) throws ClassNotFoundException {
    assertThat(run(selectMethod(suite(suite), test)).failed()).containsOnlyKeys(test);
  }

  private static Class<?> suite(String name) throws ClassNotFoundException {
    return Class.forName(ContractSuites.class.getName() + "$" + name);
  }

  private static Ran run(DiscoverySelector tests) {
    Ran ran = new Ran(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(tests).build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String name = test.getDisplayName().replace("()", "");
                switch (result.getStatus()) {
                  case FAILED -> ran.failed().put(name, result.getThrowable().orElseThrow());
                  case ABORTED -> ran.skipped().add(name);
                  case SUCCESSFUL -> {
                    if (test.isTest()) {
                      ran.passed().add(name);
                    }
                  }
                }
              }
            });
    return ran;
  }
}
