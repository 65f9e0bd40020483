package dev.segue.server.runs.history;

import static dev.segue.server.runs.history.BulkRows.Column.INT4;
import static dev.segue.server.runs.history.BulkRows.Column.INT8;
import static dev.segue.server.runs.history.BulkRows.Column.TEXT;
import static dev.segue.server.runs.history.BulkRows.Column.TIMESTAMPTZ;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Joins process instances with the starts that Segue committed before it commanded them. The first
 * instance that claims a start has it; a second one is a duplicate of an uncertain command. One
 * without a start was started past Segue and gets a row without a mode.
 */
final class RunClaims {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Connection connection;
  private final HistoryFold fold;
  private final Map<Long, UUID> runIds = new HashMap<>();
  private final List<HistoryEvent> duplicates = new ArrayList<>();

  RunClaims(Connection connection, HistoryFold fold) {
    this.connection = connection;
    this.fold = fold;
  }

  /** What became of a start that instances name. */
  private record Start(UUID runId, @Nullable Long claimedBy) {}

  /** Writes {@code segue.run} and answers the events, with the run ids that are known now. */
  List<HistoryEvent> settle() throws SQLException {
    List<HistoryRows.Run> roots =
        fold.runs.values().stream()
            .filter(run -> run.parent == null && fold.begun.contains(run.key))
            .toList();
    if (!roots.isEmpty()) {
      readContexts(roots);
      claim(roots);
      adopt(roots.stream().filter(run -> !runIds.containsKey(run.key)).toList());
    }
    inherit(
        fold.runs.values().stream()
            .filter(run -> run.parent != null && fold.begun.contains(run.key))
            .toList());
    end();
    List<HistoryEvent> events = new ArrayList<>(fold.events.size());
    fold.events.forEach(event -> events.add(withRunId(event)));
    events.addAll(duplicates);
    return events;
  }

  /** The context may have come with an earlier batch. */
  private void readContexts(List<HistoryRows.Run> roots) throws SQLException {
    Long[] missing =
        roots.stream()
            .map(run -> run.key)
            .filter(key -> !fold.contexts.containsKey(key))
            .toArray(Long[]::new);
    if (missing.length == 0) {
      return;
    }
    String sql =
        "select scope_key, value from history.variable where name = ? and scope_key = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, HistoryFold.CONTEXT_VARIABLE);
      statement.setArray(2, connection.createArrayOf("int8", missing));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          long key = result.getLong(1);
          HistoryFold.runId(JSON.readTree(result.getString(2)))
              .ifPresent(id -> fold.contexts.put(key, id));
        }
      }
    }
  }

  private void claim(List<HistoryRows.Run> roots) throws SQLException {
    BulkRows rows = new BulkRows(INT8, BulkRows.Column.UUID, TEXT, INT4, TIMESTAMPTZ);
    for (HistoryRows.Run run : roots) {
      UUID runId = fold.contexts.get(run.key);
      if (runId != null) {
        rows.add(run.key, runId, run.process, run.version, run.startedAt);
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    if (!assign(rows)) {
      rows.execute(
          connection,
          """
          update segue.run r set process_instance_key = b.k, workflow_version = b.version,
            state = case when r.state = 'starting' then 'started' else r.state end,
            started_at = coalesce(r.started_at, b.started)
          from %s as b (k, run_id, process, version, started)
          where r.run_id = b.run_id and r.workflow_id = b.process
            and r.process_instance_key is null\
          """
              .formatted(rows.unnest()));
      assign(rows);
    }
  }

  /** Takes over what was claimed; false if a start is still unclaimed. */
  private boolean assign(BulkRows rows) throws SQLException {
    boolean allClaimed = true;
    duplicates.clear();
    for (Map.Entry<Long, Start> entry : starts(rows).entrySet()) {
      long key = entry.getKey();
      Start start = entry.getValue();
      Long claimedBy = start.claimedBy();
      if (claimedBy == null) {
        allClaimed = false;
      } else {
        runIds.put(key, start.runId());
        if (claimedBy != key) {
          duplicates.add(new HistoryEvent.DuplicateStarted(key, start.runId()));
        }
      }
    }
    return allClaimed;
  }

  private Map<Long, Start> starts(BulkRows rows) throws SQLException {
    String sql =
        """
        select b.k, r.run_id, r.process_instance_key
        from %s as b (k, run_id, process, version, started)
        join segue.run r on r.run_id = b.run_id and r.workflow_id = b.process\
        """
            .formatted(rows.unnest());
    Map<Long, Start> starts = new HashMap<>();
    try (PreparedStatement statement = rows.prepare(connection, sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        long claimedBy = result.getLong(3);
        Long claim = result.wasNull() ? null : claimedBy;
        starts.put(result.getLong(1), new Start(result.getObject(2, UUID.class), claim));
      }
    }
    return starts;
  }

  /** Rows for runs that Segue didn't start. Who starts them past Segue can't give them a mode. */
  private void adopt(List<HistoryRows.Run> strangers) throws SQLException {
    BulkRows rows = new BulkRows(BulkRows.Column.UUID, TEXT, INT4, INT8, TIMESTAMPTZ);
    for (HistoryRows.Run run : strangers) {
      UUID runId = UUID.randomUUID();
      runIds.put(run.key, runId);
      rows.add(runId, run.process, run.version, run.key, run.startedAt);
    }
    rows.execute(
        connection,
        """
        insert into segue.run (run_id, workflow_id, workflow_version, process_instance_key,
          started_by, start_kind, state, created_at, started_at)
        select id, process, version, k, 'engine', 'engine', 'started', started, started
        from %s as b (id, process, version, k, started)
        on conflict (process_instance_key) do nothing\
        """
            .formatted(rows.unnest()));
  }

  /** A run that another one calls has its context. The caller began before it, on its partition. */
  private void inherit(List<HistoryRows.Run> called) throws SQLException {
    Map<Long, List<HistoryRows.Run>> byParent = new LinkedHashMap<>();
    called.forEach(
        run -> byParent.computeIfAbsent(run.parent, parent -> new ArrayList<>()).add(run));
    while (!byParent.isEmpty()) {
      Set<Long> callees = new HashSet<>();
      called.forEach(run -> callees.add(run.key));
      List<HistoryRows.Run> next = new ArrayList<>();
      byParent.keySet().stream()
          .filter(parent -> !callees.contains(parent) || runIds.containsKey(parent))
          .toList()
          .forEach(parent -> next.addAll(byParent.remove(parent)));
      if (next.isEmpty()) {
        return;
      }
      inheritAtOnce(next);
    }
  }

  private void inheritAtOnce(List<HistoryRows.Run> called) throws SQLException {
    BulkRows rows = new BulkRows(BulkRows.Column.UUID, TEXT, INT4, INT8, INT8, TIMESTAMPTZ);
    for (HistoryRows.Run run : called) {
      UUID runId = UUID.randomUUID();
      runIds.put(run.key, runId);
      rows.add(runId, run.process, run.version, run.key, run.parent, run.startedAt);
    }
    rows.execute(
        connection,
        """
        insert into segue.run (run_id, workflow_id, workflow_version, process_instance_key,
          parent_run_id, root_run_id, mode, site_id, as_of, knowledge, answer, business_key,
          started_by, start_kind, state, created_at, started_at)
        select id, process, version, k, p.run_id, coalesce(p.root_run_id, p.run_id), p.mode,
          p.site_id, p.as_of, p.knowledge, p.answer, p.business_key, coalesce(p.started_by, 'engine'), 'call', 'started',
          started, started
        from %s as b (id, process, version, k, parent, started)
        left join segue.run p on p.process_instance_key = b.parent
        on conflict (process_instance_key) do nothing\
        """
            .formatted(rows.unnest()));
  }

  private void end() throws SQLException {
    Long[] ended =
        fold.runs.values().stream()
            .filter(run -> run.endedAt != null)
            .map(run -> run.key)
            .toArray(Long[]::new);
    if (ended.length == 0) {
      return;
    }
    String sql =
        """
        update segue.run set state = 'ended' where process_instance_key = any(?)
        returning process_instance_key, run_id\
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("int8", ended));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          runIds.put(result.getLong(1), result.getObject(2, UUID.class));
        }
      }
    }
  }

  private HistoryEvent withRunId(HistoryEvent event) {
    return switch (event) {
      case HistoryEvent.RunStarted started ->
          new HistoryEvent.RunStarted(
              started.processInstanceKey(),
              runIds.get(started.processInstanceKey()),
              started.workflowId(),
              started.version(),
              started.parentKey());
      case HistoryEvent.RunEnded ended ->
          new HistoryEvent.RunEnded(
              ended.processInstanceKey(),
              runIds.get(ended.processInstanceKey()),
              ended.workflowId(),
              ended.completed());
      default -> event;
    };
  }
}
