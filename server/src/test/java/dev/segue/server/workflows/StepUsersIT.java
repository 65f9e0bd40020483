package dev.segue.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.plugins.StepUse;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an administrator is told before a plugin goes. */
class StepUsersIT {

  @Test
  void findsNewestVersionsAndThoseThatStillRun() {
    try (Database database =
        Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults())) {
      workflow(database, "newest", 1, "a:step:1");
      workflow(database, "running", 2, "b:step:1");
      version(database, "running", 1, "a:step:1");
      workflow(database, "over", 2, "b:step:1");
      version(database, "over", 1, "a:step:1");
      UUID run = run(database, "running", 1, "started");
      run(database, "over", 1, "refused");

      StepUse.Users users = new StepUsers(database).of(List.of("a:step:1"));

      assertThat(users.workflows()).containsExactly("newest", "running");
      assertThat(users.runs()).isEqualTo(1);
      assertThat(users.someRuns()).extracting(StepUse.Run::run).containsExactly(run);
      assertThat(users.approvals()).isZero();
      assertThat(new StepUsers(database).of(List.of("c:step:1")).workflows()).isEmpty();
    }
  }

  private static void workflow(Database database, String id, int latest, String stepType) {
    database
        .jooq()
        .execute(
            "insert into segue.workflow (workflow_id, title, latest_version) values (?, ?, ?)",
            id,
            id,
            latest);
    version(database, id, latest, stepType);
  }

  private static void version(Database database, String id, int version, String stepType) {
    database
        .jooq()
        .execute(
            """
            insert into segue.workflow_version (workflow_id, version, process_definition_key,
              package_hash, diagram, step_types, deployed_by)
            values (?, ?, ?, ''::bytea, '', array[?], 'ada')\
            """,
            id,
            version,
            (long) (id + version).hashCode(),
            stepType);
  }

  private static UUID run(Database database, String workflow, int version, String state) {
    UUID run = UUID.randomUUID();
    database
        .jooq()
        .execute(
            """
            insert into segue.run (run_id, workflow_id, workflow_version, started_by, start_kind,
              state)
            values (?::uuid, ?, ?, 'ada', 'manual', ?)\
            """,
            run,
            workflow,
            version,
            state);
    return run;
  }
}
