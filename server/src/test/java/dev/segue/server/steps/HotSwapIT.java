package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.plugins.PluginZip;
import dev.segue.server.steps.InMemoryEngine.JobRecord;
import dev.segue.server.steps.InMemoryEngine.State;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins are upgraded while their steps run; nobody notices. */
class HotSwapIT {

  private static final int VERSIONS = 8;
  private static final int MOST_OPEN = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void noJobIsLostAndNoVersionStaysInMemory(@TempDir Path temp) throws Exception {
    try (Database database =
            Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults());
        InMemoryEngine engine = new InMemoryEngine();
        StepsFixture server =
            new StepsFixture(temp.resolve("server"), engine, database, StepsFixture.QUICK)) {
      server.start();
      server.plugins.install(greeter(temp, 1), "ada");
      Queue<JobRecord> jobs = new ConcurrentLinkedQueue<>();
      AtomicBoolean more = new AtomicBoolean(true);
      Thread load = Thread.ofVirtual().start(() -> offer(engine, jobs, more));
      for (int version = 2; version <= VERSIONS; version++) {
        awaitMore(jobs);
        server.plugins.install(greeter(temp, version), "ada");
      }
      awaitMore(jobs);
      more.set(false);
      load.join();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(jobs).allMatch(job -> job.state == State.COMPLETED));
      assertThat(jobs).allMatch(job -> job.retries == 3);
      Set<String> answers = jobs.stream().map(job -> job.answer).collect(Collectors.toSet());
      assertThat(answers)
          .hasSizeGreaterThan(VERSIONS / 2)
          .anyMatch(answer -> answer.contains("\"version\":\"" + VERSIONS + ".0.0\""));
      await()
          .atMost(PATIENCE)
          .pollDelay(StepsFixture.UNLOAD_PATIENCE.plusSeconds(2))
          .untilAsserted(() -> assertThat(server.plugins.stuckLoaders()).isZero());
    }
  }

  private static void awaitMore(Queue<JobRecord> jobs) {
    int enough = jobs.size() + 100;
    await().atMost(PATIENCE).until(() -> jobs.size() > enough);
  }

  private static Path greeter(Path temp, int version) {
    return PluginZip.greeter("hello", version + ".0.0").build(temp.resolve(version + ".zip"));
  }

  private static void offer(InMemoryEngine engine, Queue<JobRecord> jobs, AtomicBoolean more) {
    while (more.get()) {
      long open = jobs.stream().filter(job -> job.state == State.OPEN).count();
      if (open < MOST_OPEN) {
        jobs.add(
            engine.offer(
                "hello:greet:1", 1, Map.of("resultVariable", "greeting"), "{\"name\":\"Ada\"}"));
      } else {
        Thread.onSpinWait();
        Thread.yield();
      }
    }
  }
}
