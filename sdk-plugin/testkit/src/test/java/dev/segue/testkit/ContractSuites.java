package dev.segue.testkit;

import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.FakeService.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract's tests as authors inherit them, one class per fault; run by a test, not found. */
final class ContractSuites {

  private ContractSuites() {}

  abstract static class OfSteps extends StepContract<FaultyStep.Input, FaultyStep.Output> {

    private final Fault fault;
    FakeService service;

    OfSteps(Fault fault) {
      this.fault = fault;
    }

    @Override
    protected TestHost host() throws IOException {
      service = new FakeService();
      return TestHost.of("faulty", new FaultyPlugin());
    }

    @AfterEach
    void close() {
      service.close();
    }

    @Override
    protected Class<? extends Step<FaultyStep.Input, FaultyStep.Output>> step() {
      return FaultyStep.class;
    }

    @Override
    protected List<FaultyStep.Input> inputs() {
      FaultyAccount account = new FaultyAccount(service.url(), new Secret("hunter22"));
      return List.of(new FaultyStep.Input(fault, "hello", 1, account));
    }

    @Override
    protected OptionalLong effects() {
      Set<String> written = new HashSet<>();
      service.requests().forEach(request -> written.add(request.path()));
      return OptionalLong.of(written.size());
    }

    @Override
    protected Map<String, String> refused() {
      return Map.of("text", "\" \"");
    }
  }

  static final class Sound extends OfSteps {
    Sound() {
      super(Fault.NONE);
    }
  }

  static final class SimulatesForReal extends OfSteps {
    SimulatesForReal() {
      super(Fault.SIMULATES_FOR_REAL);
    }
  }

  static final class WrongOutput extends OfSteps {
    WrongOutput() {
      super(Fault.WRONG_OUTPUT);
    }
  }

  static final class EffectEachTime extends OfSteps {
    EffectEachTime() {
      super(Fault.EFFECT_EACH_TIME);
    }
  }

  static final class CountsNoEffects extends OfSteps {
    CountsNoEffects() {
      super(Fault.NONE);
    }

    @Override
    protected OptionalLong effects() {
      return OptionalLong.empty();
    }
  }

  static final class HeedsNoInterrupt extends OfSteps {
    HeedsNoInterrupt() {
      super(Fault.HEEDS_NO_INTERRUPT);
    }
  }

  static final class RefusesWithoutAName extends OfSteps {
    RefusesWithoutAName() {
      super(Fault.REFUSES_WITHOUT_A_NAME);
    }
  }

  static final class LeavesAThread extends OfSteps {
    LeavesAThread() {
      super(Fault.LEAVES_A_THREAD);
    }
  }

  static final class LeavesAClass extends OfSteps {
    LeavesAClass() {
      super(Fault.LEAVES_A_CLASS);
    }
  }

  /** A slow answer is what most steps wait for. */
  static final class WaitsForAnAnswer extends OfSteps {
    WaitsForAnAnswer() {
      super(Fault.NONE);
    }

    @Override
    protected Optional<FaultyStep.Input> slowInput() {
      service.answer("PUT /messages/test-run/step", Answer.ok("").after(Duration.ofSeconds(30)));
      return Optional.of(inputs().getFirst());
    }
  }

  abstract static class OfChanges
      extends ChangeStepContract<FaultyChange.Input, FaultyChange.Output> {

    private final Fault fault;

    OfChanges(Fault fault) {
      this.fault = fault;
    }

    @Override
    protected TestHost host() {
      FaultyChange.reset();
      return TestHost.of("faulty", new FaultyPlugin());
    }

    @Override
    protected Class<? extends ChangeStep<FaultyChange.Input, FaultyChange.Output>> step() {
      return FaultyChange.class;
    }

    @Override
    protected FaultyChange.Input input() {
      return new FaultyChange.Input(
          fault,
          "red",
          new FaultyAccount(URI.create("http://127.0.0.1:1"), new Secret("hunter22")));
    }

    @Override
    protected OptionalLong effects() {
      return OptionalLong.of(FaultyChange.COATS.get());
    }

    @Override
    protected Optional<?> state() {
      return Optional.of(Map.copyOf(FaultyChange.WALLS));
    }

    @Override
    protected Map<String, String> refused() {
      return Map.of("colour", "\" \"");
    }
  }

  static final class SoundChange extends OfChanges {
    SoundChange() {
      super(Fault.NONE);
    }
  }

  static final class PlansForReal extends OfChanges {
    PlansForReal() {
      super(Fault.PLANS_FOR_REAL);
    }
  }

  static final class DislikesItsOwnPlan extends OfChanges {
    DislikesItsOwnPlan() {
      super(Fault.DISLIKES_ITS_OWN_PLAN);
    }
  }

  static final class PaintsEachTime extends OfChanges {
    PaintsEachTime() {
      super(Fault.EFFECT_EACH_TIME);
    }
  }

  static final class DeniesWhatItDid extends OfChanges {
    DeniesWhatItDid() {
      super(Fault.DENIES_WHAT_IT_DID);
    }
  }

  static final class UndoesOnlyHalf extends OfChanges {
    UndoesOnlyHalf() {
      super(Fault.UNDOES_ONLY_HALF);
    }
  }

  static final class KnowsSuccessAlone extends OfChanges {
    KnowsSuccessAlone() {
      super(Fault.KNOWS_SUCCESS_ALONE);
    }
  }

  static final class PlansOnAndOn extends OfChanges {
    PlansOnAndOn() {
      super(Fault.HEEDS_NO_INTERRUPT);
    }
  }

  static final class PlanRefusesWithoutAName extends OfChanges {
    PlanRefusesWithoutAName() {
      super(Fault.REFUSES_WITHOUT_A_NAME);
    }
  }

  static final class PlanLeavesAThread extends OfChanges {
    PlanLeavesAThread() {
      super(Fault.LEAVES_A_THREAD);
    }
  }

  static final class WrongExample extends OfChanges {
    WrongExample() {
      super(Fault.FAILS);
    }

    @Override
    protected TestHost host() {
      return TestHost.of(
          "faulty",
          catalog -> {
            catalog.connection(FaultyAccount.class);
            catalog.step(new FaultyChange(input()));
          });
    }
  }

  abstract static class OfMetrics extends MetricContract {

    private final FaultyMetric.Flaw flaw;

    OfMetrics(FaultyMetric.Flaw flaw) {
      this.flaw = flaw;
    }

    @Override
    protected TestHost host() {
      return TestHost.of("faulty", catalog -> catalog.metrics(new FaultyMetric(flaw)));
    }

    @Override
    protected Instant from() {
      return Instant.parse("2026-01-01T00:00:00Z");
    }

    @Override
    protected Instant to() {
      return Instant.parse("2026-01-03T00:00:00Z");
    }
  }

  static final class SoundMetric extends OfMetrics {
    SoundMetric() {
      super(FaultyMetric.Flaw.NONE);
    }
  }

  static final class MetricBeyondThePeriod extends OfMetrics {
    MetricBeyondThePeriod() {
      super(FaultyMetric.Flaw.BEYOND_THE_PERIOD);
    }
  }

  static final class MetricOfStrangeLabels extends OfMetrics {
    MetricOfStrangeLabels() {
      super(FaultyMetric.Flaw.STRANGE_LABELS);
    }
  }

  static final class MetricCutByThePeriod extends OfMetrics {
    MetricCutByThePeriod() {
      super(FaultyMetric.Flaw.CUT_BY_THE_PERIOD);
    }
  }

  static final class MetricWithoutEnd extends OfMetrics {
    MetricWithoutEnd() {
      super(FaultyMetric.Flaw.HEEDS_NO_INTERRUPT);
    }
  }
}
