package dev.segue.examples.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteTest extends StepContract<Recording.Input, Recording.Output> {

  @TempDir Path folder;

  @Override
  protected TestHost host() {
    return TestHost.of("recorder", new RecorderPlugin());
  }

  @Override
  protected Class<? extends Step<Recording.Input, Recording.Output>> step() {
    return Note.class;
  }

  @Override
  protected List<Recording.Input> inputs() {
    return List.of(input(0, Duration.ZERO, Optional.empty()));
  }

  @Override
  protected Optional<Recording.Input> slowInput() {
    return Optional.of(input(0, Duration.ofSeconds(20), Optional.empty()));
  }

  @Override
  protected OptionalLong effects() throws Exception {
    return OptionalLong.of(Files.exists(file()) ? Files.readAllLines(file()).size() : 0);
  }

  @Test
  void failsAsOftenAsItIsToldAndThenWorks() throws Exception {
    try (TestHost host = host()) {
      Recording.Input input = input(1, Duration.ZERO, Optional.empty());

      assertThat(host.step(Note.class).failure(input))
          .isInstanceOf(StepFailure.Fault.class)
          .extracting(StepFailure::message)
          .isEqualTo("java.io.IOException: attempt 1 fails as it was told to");
      assertThat(host.step(Note.class).run(input)).isEqualTo(new Recording.Output("hello", 2));
      assertThat(host.progress()).containsExactly(new TestHost.Progress(0.5, "Recorded hello"));
      assertThat(host.log()).containsExactly("INFO recorded hello");
    }
  }

  @Test
  void endsWithTheErrorItIsTold() throws Exception {
    try (TestHost host = host()) {
      assertThat(host.step(Note.class).failure(input(0, Duration.ZERO, Optional.of("SALES_GAP"))))
          .isEqualTo(
              new StepFailure.BusinessError(
                  "SALES_GAP", "The step ends with the error it was told to."));
    }
  }

  private Path file() {
    return folder.resolve("notes.tsv");
  }

  private Recording.Input input(int failTimes, Duration before, Optional<String> error) {
    return new Recording.Input(file().toString(), "hello", failTimes, before, Duration.ZERO, error);
  }
}
