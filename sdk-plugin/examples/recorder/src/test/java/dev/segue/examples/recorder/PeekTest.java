package dev.segue.examples.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.sdk.Secret;
import dev.segue.testkit.TestHost;
import org.junit.jupiter.api.Test;

class PeekTest {

  private static final RecorderFile FILE = new RecorderFile("/tmp/x", new Secret("hunter22"));

  @Test
  void theSecretThatTheStepBlabsIsMaskedInLogAndFailure() throws Exception {
    try (TestHost host = TestHost.of("recorder", new RecorderPlugin())) {
      assertThat(host.step(Peek.class).run(new Peek.Input(FILE, false)))
          .isEqualTo(new Peek.Output("/tmp/x", 8));
      assertThat(host.step(Peek.class).failure(new Peek.Input(FILE, true)).message())
          .isEqualTo(
              "java.lang.IllegalStateException: the outside system refuses the token ********");
      assertThat(host.log()).containsOnly("INFO the token is ********");
    }
  }
}
