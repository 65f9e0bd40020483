package dev.segue.bpmn.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.JobSubscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine that takes connections and never answers must not keep a server from stopping. */
class UnreachableEngineIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void closesThoughTheEngineIsAway() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      ZeebeEngine engine =
          ZeebeEngine.connect(
              EngineSettings.of("zeebe://127.0.0.1:" + silent.getLocalPort(), null));
      for (int i = 0; i < 20; i++) {
        engine.serve(
            new JobSubscription(
                "away:step-" + i + ":1",
                "test",
                Duration.ofMinutes(1),
                4,
                List.of(),
                Duration.ofMillis(50)),
            job -> {});
      }

      Thread closing = Thread.ofPlatform().daemon().start(engine::close);

      assertThat(closing.join(LIMIT)).as("the engine's client has closed").isTrue();
    }
  }
}
