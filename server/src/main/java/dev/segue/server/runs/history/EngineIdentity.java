package dev.segue.server.runs.history;

import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * The id by which the history knows its engine. An engine's keys and positions begin anew when its
 * data is emptied, so one database goes with one engine for good.
 */
public final class EngineIdentity {

  private static final String SETTING = "engine.id";

  private EngineIdentity() {}

  /** The id of this database's own engine, made at the first call. */
  public static UUID ensure(DSLContext db) {
    return adopt(db, UUID.randomUUID());
  }

  /** The id that is already there. */
  public static Optional<UUID> find(DSLContext db) {
    return db.fetchOptional("select value #>> '{}' from segue.setting where key = ?", SETTING)
        .map(row -> UUID.fromString(row.get(0, String.class)));
  }

  /** Takes an engine that was set up elsewhere, unless there is one already. */
  static UUID adopt(DSLContext db, UUID id) {
    db.execute(
        "insert into segue.setting (key, value) values (?, to_jsonb(?::text)) on conflict do nothing",
        SETTING,
        id.toString());
    return find(db).orElseThrow();
  }
}
