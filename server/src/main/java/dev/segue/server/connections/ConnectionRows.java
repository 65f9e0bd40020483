package dev.segue.server.connections;

import dev.segue.server.connections.ConnectionView.Health;
import dev.segue.server.events.Alarms;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code segue.connection}. */
final class ConnectionRows {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PAUSED_ALARM = "connection-paused";
  private static final String SELECT =
      """
      select name, type, fields, secret_ids, paused, health, health_message, health_at,
        health_millis, version,
        updated_by, updated_at
      from segue.connection\
      """;

  private ConnectionRows() {}

  record Row(
      String name,
      String type,
      ObjectNode fields,
      Map<String, UUID> secretIds,
      boolean paused,
      Health health,
      String healthMessage,
      Optional<Instant> healthAt,
      Optional<Duration> healthTook,
      int version,
      String updatedBy,
      Instant updatedAt) {}

  static ConnectionView view(Row row) {
    return new ConnectionView(
        row.name,
        row.type,
        row.fields,
        row.secretIds.keySet(),
        row.paused,
        row.health,
        row.healthMessage,
        row.healthAt,
        row.healthTook,
        row.version,
        row.updatedBy,
        row.updatedAt);
  }

  static List<Row> list(DSLContext db) {
    return db.fetch(SELECT + " order by name").map(ConnectionRows::row);
  }

  static Optional<Row> find(DSLContext db, String name, boolean forUpdate) {
    return db.fetchOptional(SELECT + " where name = ?" + (forUpdate ? " for update" : ""), name)
        .map(ConnectionRows::row);
  }

  static boolean insert(
      DSLContext db,
      String name,
      String type,
      ObjectNode fields,
      Map<String, UUID> secretIds,
      String by) {
    return db.execute(
            """
            insert into segue.connection (name, type, fields, secret_ids, updated_by)
            values (?, ?, ?::jsonb, ?::jsonb, ?) on conflict do nothing\
            """,
            name,
            type,
            fields.toString(),
            json(secretIds),
            by)
        == 1;
  }

  static void update(
      DSLContext db, String name, ObjectNode fields, Map<String, UUID> secretIds, String by) {
    db.execute(
        """
        update segue.connection
        set fields = ?::jsonb, secret_ids = ?::jsonb, updated_by = ?, updated_at = now(), version = version + 1,
          health = 'unknown', health_message = '', health_at = null,
          health_millis = null
        where name = ?\
        """,
        fields.toString(),
        json(secretIds),
        by,
        name);
  }

  static void delete(DSLContext db, String name) {
    db.execute("delete from segue.connection where name = ?", name);
    db.execute("delete from segue.connection_rate where connection = ?", name);
  }

  static boolean pause(DSLContext db, String name, boolean paused, String by) {
    return db.execute(
            """
            update segue.connection
            set paused = ?, updated_by = ?, updated_at = now(), version = version + 1
            where name = ?\
            """,
            paused,
            by,
            name)
        == 1;
  }

  /** Rises with each change; empty if there is none of that name. */
  static Optional<Integer> version(DSLContext db, String name) {
    return db.fetchOptional("select version from segue.connection where name = ?", name)
        .map(row -> row.get(0, Integer.class));
  }

  static void raiseAlarm(DSLContext db, String name) {
    db.execute(
        """
        insert into segue.alarm (alarm_id, kind, subject, severity, message)
        select ?::uuid, ?, name, 'warning', ? from segue.connection
        where name = ? and paused for share
        on conflict (kind, subject) where cleared_at is null do nothing\
        """,
        UUID.randomUUID(),
        PAUSED_ALARM,
        "Steps wait for the connection '%s', which is paused. `segue connections update %s --no-pause` lets them go on."
            .formatted(name, name),
        name);
  }

  static void clearAlarm(DSLContext db, String name) {
    Alarms.clear(db, PAUSED_ALARM, name);
  }

  static void health(DSLContext db, String name, Health health, String message, Duration took) {
    db.execute(
        """
        update segue.connection set health = ?, health_message = ?, health_at = now(),
          health_millis = ?
        where name = ?\
        """,
        health.name().toLowerCase(Locale.ROOT),
        message,
        (int) Math.min(Integer.MAX_VALUE, took.toMillis()),
        name);
  }

  private static Row row(Record row) {
    Map<String, UUID> secretIds = new LinkedHashMap<>();
    JSON.readTree(row.get("secret_ids", JSONB.class).data())
        .properties()
        .forEach(
            entry -> secretIds.put(entry.getKey(), UUID.fromString(entry.getValue().asString())));
    return new Row(
        row.get("name", String.class),
        row.get("type", String.class),
        (ObjectNode) JSON.readTree(row.get("fields", JSONB.class).data()),
        secretIds,
        row.get("paused", Boolean.class),
        Health.valueOf(row.get("health", String.class).toUpperCase(Locale.ROOT)),
        row.get("health_message", String.class),
        Optional.ofNullable(row.get("health_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.get("health_millis", Integer.class)).map(Duration::ofMillis),
        row.get("version", Integer.class),
        row.get("updated_by", String.class),
        row.get("updated_at", OffsetDateTime.class).toInstant());
  }

  private static String json(Map<String, UUID> secretIds) {
    ObjectNode json = JSON.createObjectNode();
    secretIds.forEach((field, id) -> json.put(field, id.toString()));
    return json.toString();
  }
}
