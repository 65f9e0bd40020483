package dev.segue.examples.recorder;

import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.MetricContract;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The steps that have no other tests keep their promises, too. */
class ContractsTest {

  private abstract static class OfRecorder<I extends Record, O extends Record>
      extends StepContract<I, O> {

    private final Class<? extends Step<I, O>> step;

    OfRecorder(Class<? extends Step<I, O>> step) {
      this.step = step;
    }

    @Override
    protected TestHost host() {
      return TestHost.of("recorder", new RecorderPlugin());
    }

    @Override
    protected Class<? extends Step<I, O>> step() {
      return step;
    }
  }

  @Nested
  class OfSend extends OfRecorder<Recording.Input, Recording.Output> {

    @TempDir private Path folder;

    OfSend() {
      super(Send.class);
    }

    @Override
    protected List<Recording.Input> inputs() {
      return List.of(input(Duration.ZERO));
    }

    @Override
    protected Optional<Recording.Input> slowInput() {
      return Optional.of(input(Duration.ofSeconds(20)));
    }

    @Override
    protected OptionalLong effects() throws Exception {
      Path file = folder.resolve("sent.tsv");
      return OptionalLong.of(Files.exists(file) ? Files.readAllLines(file).size() : 0);
    }

    private Recording.Input input(Duration before) {
      return new Recording.Input(
          folder.resolve("sent.tsv").toString(),
          "hello",
          0,
          before,
          Duration.ZERO,
          Optional.empty());
    }
  }

  @Nested
  class OfTouch extends OfRecorder<Touch.Input, Touch.Output> {

    OfTouch() {
      super(Touch.class);
    }

    @Override
    protected List<Touch.Input> inputs() {
      return List.of(new Touch.Input(7));
    }

    /** It only counts as an effect. */
    @Override
    protected OptionalLong effects() {
      return OptionalLong.of(0);
    }

    @Override
    protected boolean harmlessToRepeat() {
      return true;
    }
  }

  @Nested
  class OfRead extends OfRecorder<Read.Input, Read.Output> {

    OfRead() {
      super(Read.class);
    }

    @Override
    protected List<Read.Input> inputs() {
      return List.of(new Read.Input("anything"));
    }
  }

  @Nested
  class OfPeek extends OfRecorder<Peek.Input, Peek.Output> {

    OfPeek() {
      super(Peek.class);
    }

    @Override
    protected List<Peek.Input> inputs() {
      return List.of(new Peek.Input(new RecorderFile("/tmp/x", new Secret("hunter22")), false));
    }
  }

  @Nested
  class OfSpin extends OfRecorder<Spin.Input, Spin.Output> {

    OfSpin() {
      super(Spin.class);
    }

    @Override
    protected List<Spin.Input> inputs() {
      return List.of(new Spin.Input(Duration.ofMillis(20)));
    }
  }

  @Nested
  class OfMinutes extends MetricContract {

    @Override
    protected TestHost host() {
      return TestHost.of("recorder", new RecorderPlugin());
    }

    @Override
    protected Instant from() {
      return Instant.parse("2026-01-31T08:00:30Z");
    }

    @Override
    protected Instant to() {
      return Instant.parse("2026-01-31T09:00:00Z");
    }
  }
}
