package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;

class StepHarnessTest {

  @Test
  void aRecordThatBreaksItsSchemaIsRefusedAsInADiagram() throws Exception {
    FaultyAccount account =
        new FaultyAccount(URI.create("http://127.0.0.1:1"), new Secret("hunter22"));

    try (TestHost host = TestHost.of("faulty", new FaultyPlugin())) {
      assertThat(
              host.step(FaultyStep.class)
                  .failure(new FaultyStep.Input(Fault.NONE, "hello", 10, account)))
          .isInstanceOf(StepFailure.InvalidInput.class)
          .extracting(StepFailure::message)
          .asString()
          .contains("'copies' is 10; it must be at most 9");
    }
  }
}
