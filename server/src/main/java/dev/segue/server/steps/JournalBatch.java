package dev.segue.server.steps;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Writes many journal entries at the price of one: a statement per kind, in one transaction. */
final class JournalBatch {

  private static final String BEGIN =
      """
      insert into segue.step_journal
        (idempotency_key, process_instance_key, element_instance_key, element_id, job_key,
         step_type, plugin_version, state, attempt, server_id, lease_until)
      select *, 'started', 1, ?, now() + ? * interval '1 millisecond'
      from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[])
      on conflict do nothing
      returning idempotency_key\
      """;

  /** A doubt that arose meanwhile ends, but not what a later attempt did. */
  private static final String FINISH =
      """
      update segue.step_journal j
      set state = 'done', result = f.result::jsonb, detail = null, finished_at = now()
      from unnest(?::text[], ?::int[], ?::text[]) as f (key, attempt, result)
      where j.idempotency_key = f.key and j.attempt = f.attempt
        and j.state in ('started', 'in_doubt')\
      """;

  private final UUID serverId;
  private final long leaseMillis;

  JournalBatch(UUID serverId, long leaseMillis) {
    this.serverId = serverId;
    this.leaseMillis = leaseMillis;
  }

  /** An effect that is over, with the text of its result. */
  record Finished(String key, int attempt, String result) {}

  /**
   * Writes and commits.
   *
   * @return the keys that are new; the others were there already
   */
  Set<String> write(Connection connection, List<EffectEntry> begun, List<Finished> finished)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      if (!finished.isEmpty()) {
        finish(connection, finished);
      }
      Set<String> fresh = begun.isEmpty() ? Set.of() : begin(connection, begun);
      connection.commit();
      return fresh;
    } catch (SQLException | RuntimeException e) {
      rollback(connection, e);
      throw e;
    }
  }

  private Set<String> begin(Connection connection, List<EffectEntry> begun) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
      insert.setObject(1, serverId);
      insert.setLong(2, leaseMillis);
      insert.setArray(3, texts(connection, begun, EffectEntry::key));
      insert.setArray(4, numbers(connection, begun, EffectEntry::processInstanceKey));
      insert.setArray(5, numbers(connection, begun, EffectEntry::elementInstanceKey));
      insert.setArray(6, texts(connection, begun, EffectEntry::elementId));
      insert.setArray(7, numbers(connection, begun, EffectEntry::jobKey));
      insert.setArray(8, texts(connection, begun, EffectEntry::stepType));
      insert.setArray(9, texts(connection, begun, EffectEntry::pluginVersion));
      Set<String> fresh = new HashSet<>();
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          fresh.add(rows.getString(1));
        }
      }
      return fresh;
    }
  }

  private static void finish(Connection connection, List<Finished> finished) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FINISH)) {
      update.setArray(1, texts(connection, finished, Finished::key));
      List<Integer> attempts = new ArrayList<>(finished.size());
      finished.forEach(one -> attempts.add(one.attempt()));
      update.setArray(2, connection.createArrayOf("int", attempts.toArray()));
      update.setArray(3, texts(connection, finished, Finished::result));
      update.executeUpdate();
    }
  }

  private static <T> Array texts(Connection connection, List<T> values, Function<T, String> part)
      throws SQLException {
    return connection.createArrayOf("text", values.stream().map(part).toArray());
  }

  private static <T> Array numbers(Connection connection, List<T> values, ToLongFunction<T> part)
      throws SQLException {
    return connection.createArrayOf("bigint", values.stream().mapToLong(part).boxed().toArray());
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
