package dev.segue.plugins.alertanalysis.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EvaluateAlertsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return EvaluateAlerts.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void printsTheModelBesideWhatOneDoesWithoutAndSaysThatTheDataIsMadeUp() {
    assertThat(run("--worlds", "20", "--seed", "3")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("All data is synthetic", "seed 3", "| campaign |", "| shift |", "| chance | - /");
  }

  @Test
  void repeatsWithItsSeed() {
    run("--worlds", "10");
    String first = out.toString(StandardCharsets.UTF_8);
    out.reset();
    run("--worlds", "10");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(first);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("--seed")).isEqualTo(2);
    assertThat(run("--worlds", "two")).isEqualTo(2);
    assertThat(run("--worlds", "1")).isEqualTo(2);
    assertThat(run("folder")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--seed needs a value", "not 'two'", "at least 10", "'folder' is unknown");
  }
}
