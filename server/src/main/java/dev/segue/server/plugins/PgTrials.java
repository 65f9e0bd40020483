package dev.segue.server.plugins;

import dev.segue.server.events.Alarms;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Trials in the tables {@code segue.plugin_trial} and {@code segue.plugin_trial_job}. */
final class PgTrials implements TrialStore {

  static final String ROLLED_BACK_ALARM = "plugin-rolled-back";
  private static final String FAILING_ALARM = "plugin-failing";

  /** Only what is recent tells: of the last 200,000 attempts of all plugins at most 2,000. */
  private static final String BEGIN =
      """
      with recent as (
        select job_key, failed from segue.step_attempt
        where attempt_id > (select coalesce(max(attempt_id), 0) - 200000 from segue.step_attempt)
          and step_type = any(?) and plugin_version = ?
        order by attempt_id desc limit 2000)
      insert into segue.plugin_trial as t
        (plugin_id, version, sha256, version_before, step_types, jobs_before, failures_before)
      select ?, ?, ?, ?, ?, count(distinct job_key),
        count(distinct job_key) filter (where failed)
      from recent
      on conflict (plugin_id, version) do update set
        sha256 = excluded.sha256, version_before = excluded.version_before,
        step_types = excluded.step_types, jobs_before = excluded.jobs_before,
        failures_before = excluded.failures_before, state = 'running', jobs = 0, failures = 0,
        started_at = now(), ended_at = null
      where t.sha256 <> excluded.sha256\
      """;

  private final Database database;
  private final Audit audit;

  PgTrials(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void begin(StagedPlugin version, String before, Set<String> stepTypes) {
    PluginManifest manifest = version.manifest();
    String[] types = stepTypes.toArray(String[]::new);
    database
        .jooq()
        .execute(
            BEGIN,
            types,
            before,
            manifest.id(),
            manifest.version().toString(),
            version.sha256(),
            before,
            types);
  }

  @Override
  public void count(Collection<Job> jobs) {
    database
        .jooq()
        .execute(
            """
            insert into segue.plugin_trial_job as j (plugin_id, version, job_key, failed)
            select u.plugin_id, u.version, u.job_key, bool_or(u.failed)
            from unnest(?::text[], ?::text[], ?::bigint[], ?::boolean[])
              as u (plugin_id, version, job_key, failed)
            join segue.plugin_trial t using (plugin_id, version)
            where t.state = 'running'
            group by 1, 2, 3 order by 1, 2, 3
            on conflict (plugin_id, version, job_key)
            do update set failed = j.failed or excluded.failed\
            """,
            jobs.stream().map(Job::pluginId).toArray(String[]::new),
            jobs.stream().map(Job::version).toArray(String[]::new),
            jobs.stream().map(Job::key).toArray(Long[]::new),
            jobs.stream().map(Job::failed).toArray(Boolean[]::new));
  }

  @Override
  public List<Trial> running() {
    return database
        .jooq()
        .fetch(
            """
            select t.plugin_id, t.version, t.sha256, t.version_before, t.step_types,
              t.jobs_before, t.failures_before, j.jobs, j.failures
            from segue.plugin_trial t join segue.plugin_version v using (plugin_id, version)
            cross join lateral (
              select count(*)::int as jobs, (count(*) filter (where failed))::int as failures
              from segue.plugin_trial_job j
              where j.plugin_id = t.plugin_id and j.version = t.version) j
            where t.state = 'running' and v.state = 'enabled' and v.sha256 = t.sha256
            order by 1, 2\
            """)
        .map(PgTrials::read);
  }

  @Override
  public boolean rollBack(Trial trial, String message) {
    return database.transaction(
        tx -> {
          if (!close(tx, trial, "rolled_back")) {
            return false;
          }
          tx.execute(
              """
              update segue.plugin_version set state = 'rolled_back', message = ?
              where plugin_id = ? and version = ? and state = 'enabled'\
              """,
              message,
              trial.pluginId(),
              trial.version());
          Alarms.raise(tx, ROLLED_BACK_ALARM, trial.label(), message);
          audit.record(
              tx,
              new AuditEntry(
                  AuditEntry.SERVER,
                  "plugin.roll-back",
                  "plugin",
                  trial.pluginId(),
                  Json.object()
                      .put("version", trial.version())
                      .put("versionBefore", trial.before())
                      .put("jobs", trial.jobs())
                      .put("failures", trial.failures())));
          return true;
        });
  }

  @Override
  public void end(Trial trial, String alarm) {
    database.inTransaction(
        tx -> {
          if (close(tx, trial, alarm.isEmpty() ? "passed" : "ended") && !alarm.isEmpty()) {
            Alarms.raise(tx, FAILING_ALARM, trial.label(), alarm);
          }
        });
  }

  private static boolean close(DSLContext tx, Trial trial, String state) {
    boolean mine =
        tx.execute(
                """
                update segue.plugin_trial
                set state = ?, jobs = ?, failures = ?, ended_at = now()
                where plugin_id = ? and version = ? and sha256 = ? and state = 'running'\
                """,
                state,
                trial.jobs(),
                trial.failures(),
                trial.pluginId(),
                trial.version(),
                trial.sha256())
            == 1;
    if (mine) {
      tx.execute(
          "delete from segue.plugin_trial_job where plugin_id = ? and version = ?",
          trial.pluginId(),
          trial.version());
    }
    return mine;
  }

  @Override
  public void forget(String pluginId, String version) {
    database.inTransaction(
        tx -> {
          tx.execute(
              "delete from segue.plugin_trial where plugin_id = ? and version = ?",
              pluginId,
              version);
          Alarms.clear(tx, ROLLED_BACK_ALARM, pluginId + " " + version);
          Alarms.clear(tx, FAILING_ALARM, pluginId + " " + version);
        });
  }

  private static Trial read(Record row) {
    return new Trial(
        row.get(0, String.class),
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, String.class),
        Set.of(row.get(4, String[].class)),
        row.get(5, Integer.class),
        row.get(6, Integer.class),
        row.get(7, Integer.class),
        row.get(8, Integer.class));
  }
}
