package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.steps.InMemoryEngine.JobRecord;
import dev.segue.server.steps.InMemoryEngine.State;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Migrations;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import dev.segue.server.storage.testing.TestBinaries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes after an effect and before its record: the effect isn't repeated. */
class DatabaseAwayIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void theResultIsKeptUntilTheDatabaseIsBack(@TempDir Path temp) throws Exception {
    EmbeddedPostgresSettings settings =
        EmbeddedPostgresSettings.throwAway(temp.resolve("postgres"), TestBinaries.sharedFolder());
    EmbeddedPostgres postgres = EmbeddedPostgres.start(settings);
    Migrations.migrate(postgres.owner());
    try (Database database = Database.open(postgres.owner(), impatient());
        InMemoryEngine engine = new InMemoryEngine();
        StepsFixture server =
            new StepsFixture(temp.resolve("server"), engine, database, StepsFixture.QUICK)) {
      server.start();
      Path file = temp.resolve("effects");
      JobRecord job =
          engine.offer(
              "recorder:send:1",
              7,
              Map.of("resultVariable", "sent"),
              "{\"file\":\"%s\",\"text\":\"once\",\"sleepAfter\":\"PT3S\"}".formatted(file));
      await().atMost(PATIENCE).until(() -> StepsFixture.effects(file).size() == 1);

      postgres.close();
      int extensions = job.extensions;
      await().atMost(PATIENCE).until(() -> job.extensions >= extensions + 5);
      assertThat(job.state).isEqualTo(State.OPEN);
      assertThat(job.failures).isEmpty();
      JobRecord other =
          engine.offer(
              "recorder:send:1", 8, Map.of(), "{\"file\":\"%s\",\"text\":\"x\"}".formatted(file));
      await().atMost(PATIENCE).until(() -> !other.failures.isEmpty());
      assertThat(StepsFixture.effects(file)).as("nothing begins without the journal").hasSize(1);

      postgres = EmbeddedPostgres.start(settings);
      await().atMost(PATIENCE).until(() -> job.state == State.COMPLETED);
      assertThat(job.answer).contains("once");
      await().atMost(PATIENCE).until(() -> other.state == State.COMPLETED);
      assertThat(StepsFixture.effects(file)).hasSize(2);
    } finally {
      postgres.close();
    }
  }

  private static DatabaseSettings impatient() {
    return new DatabaseSettings(
        8, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
  }
}
