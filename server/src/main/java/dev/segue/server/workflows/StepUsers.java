package dev.segue.server.workflows;

import dev.segue.server.plugins.StepUse;
import dev.segue.server.storage.Database;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Finds the workflows, active runs and open approvals that depend on step types. */
final class StepUsers implements StepUse {

  private static final int MOST = 100;

  private static final String VERSIONS =
      """
      with used as (
        select v.workflow_id, v.version, v.process_definition_key,
          v.version = w.latest_version as latest
        from segue.workflow_version v join segue.workflow w using (workflow_id)
        where v.step_types && ?::text[])
      """;

  private static final String RUNS =
      """
      from segue.run r join used u
        on u.workflow_id = r.workflow_id and u.version = r.workflow_version
      left join history.run h using (process_instance_key)
      where r.state in ('starting', 'started') and coalesce(h.state, 'active') = 'active'
      """;

  private static final String APPROVALS =
      """
      from history.user_task t join used u using (process_definition_key)
      where t.state = 'created'
      """;

  private final Database database;

  StepUsers(Database database) {
    this.database = database;
  }

  @Override
  public Users of(Collection<String> stepTypes) {
    String[] types = stepTypes.toArray(String[]::new);
    return new Users(
        workflows(types),
        count(RUNS, types),
        runs(types),
        count(APPROVALS, types),
        approvals(types));
  }

  private List<String> workflows(String[] types) {
    return database
        .jooq()
        .fetch(
            VERSIONS
                + "select distinct w.workflow_id from used w where w.latest or exists (select 1 "
                + RUNS
                + " and r.workflow_id = w.workflow_id and r.workflow_version = w.version)"
                + " order by 1",
            (Object) types)
        .getValues(0, String.class);
  }

  private int count(String from, String[] types) {
    return database
        .jooq()
        .fetchSingle(VERSIONS + "select count(*)::int " + from, (Object) types)
        .get(0, Integer.class);
  }

  private List<Run> runs(String[] types) {
    return database
        .jooq()
        .fetch(
            VERSIONS
                + "select r.run_id, r.workflow_id, r.business_key "
                + RUNS
                + " order by r.created_at, r.run_id limit "
                + MOST,
            (Object) types)
        .map(
            row ->
                new Run(
                    row.get(0, UUID.class), row.get(1, String.class), row.get(2, String.class)));
  }

  private List<Approval> approvals(String[] types) {
    return database
        .jooq()
        .fetch(
            VERSIONS
                + "select t.user_task_key, u.workflow_id, t.element_id "
                + APPROVALS
                + " order by t.user_task_key limit "
                + MOST,
            (Object) types)
        .map(
            row ->
                new Approval(
                    row.get(0, Long.class), row.get(1, String.class), row.get(2, String.class)));
  }
}
