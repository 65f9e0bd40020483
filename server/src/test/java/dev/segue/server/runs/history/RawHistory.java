package dev.segue.server.runs.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jooq.DSLContext;

/** Writes records as the exporter does: with the position, in one transaction. */
final class RawHistory {

  private final DSLContext db;
  private final UUID engineId;
  private final int partition;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private long position;

  RawHistory(DSLContext db, UUID engineId, int partition) {
    this.db = db;
    this.engineId = engineId;
    this.partition = partition;
  }

  RawHistory at(Instant time) {
    now = time;
    return this;
  }

  void add(String valueType, String intent, long key, String body) {
    position++;
    now = now.plusMillis(1);
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    db.execute("select history.ensure_partition(?)", day);
    db.transaction(
        configuration -> {
          DSLContext tx = configuration.dsl();
          tx.execute(
              "insert into history.record values (?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?::jsonb)",
              day,
              engineId,
              partition,
              position,
              now.atOffset(ZoneOffset.UTC),
              valueType,
              intent,
              key,
              body);
          position(tx, position);
          tx.execute("select pg_notify('segue_history', '1')");
        });
  }

  void position(DSLContext tx, long wanted) {
    tx.execute(
        """
        insert into history.exporter_position (engine_id, partition_id, position) values (?, ?, ?)
        on conflict (engine_id, partition_id) do update set position = excluded.position\
        """,
        engineId,
        partition,
        wanted);
  }

  void variable(long run, String name, String json) {
    add(
        "VARIABLE",
        "CREATED",
        run * 100 + position,
        "{\"run\":%d,\"scope\":%d,\"name\":\"%s\",\"value\":%s}".formatted(run, run, name, json));
  }

  void context(long run, UUID runId) {
    variable(run, "segue", "{\"runId\":\"%s\"}".formatted(runId));
  }

  void process(long run, String intent) {
    process(run, intent, "");
  }

  void called(long run, long parent) {
    process(run, "ELEMENT_ACTIVATED", ",\"parent\":%d,\"parentElement\":1".formatted(parent));
  }

  private void process(long run, String intent, String more) {
    add(
        "PROCESS_INSTANCE",
        intent,
        run,
        """
        {"run":%d,"element":"bakery","type":"PROCESS","process":"bakery","version":1,"definition":5%s}
        """
            .formatted(run, more));
  }

  void element(long key, long run, String id, String intent) {
    add(
        "PROCESS_INSTANCE",
        intent,
        key,
        "{\"run\":%d,\"element\":\"%s\",\"type\":\"SERVICE_TASK\",\"scope\":%d}"
            .formatted(run, id, run));
  }

  void incident(long key, long run, String intent) {
    add(
        "INCIDENT",
        intent,
        key,
        "{\"run\":%d,\"elementInstance\":1,\"element\":\"bake\",\"type\":\"JOB_NO_RETRIES\",\"message\":\"cold\"}"
            .formatted(run));
  }
}
