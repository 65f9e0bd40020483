package dev.segue.server.triggers.webhooks;

import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The table of events that were taken. */
final class EventRows {

  /**
   * Whose turn an event is.
   *
   * @param firingKey by which its firing is known
   * @param site of the firing
   * @param fresh false if it was taken before
   */
  record Claim(String firingKey, @Nullable String site, boolean fresh) {}

  /**
   * Takes an event, unless it was taken before. Waits for another server that is about to.
   *
   * @param forgottenBefore the same event counts anew if it came before that; null for never
   */
  Claim claim(
      DSLContext tx,
      String triggerId,
      String key,
      @Nullable String site,
      @Nullable Instant forgottenBefore,
      Instant now) {
    return tx.fetchOptional(
            """
            insert into segue.webhook_event as e (trigger_id, event_key, site_id, received_at)
            values (?, ?, ?, ?::timestamptz)
            on conflict (trigger_id, event_key) do update set attempt = e.attempt + 1,
              site_id = excluded.site_id, received_at = excluded.received_at, refused = false
            where e.refused or e.received_at < ?::timestamptz
            returning attempt\
            """,
            triggerId,
            key,
            site,
            now.toString(),
            forgottenBefore == null ? null : forgottenBefore.toString())
        .map(row -> new Claim(firingKey(key, row.get(0, Integer.class)), site, true))
        .orElseGet(() -> before(tx, triggerId, key));
  }

  private static Claim before(DSLContext tx, String triggerId, String key) {
    Record row =
        tx.fetchSingle(
            """
            select attempt, site_id from segue.webhook_event
            where trigger_id = ? and event_key = ?\
            """,
            triggerId,
            key);
    return new Claim(firingKey(key, row.get(0, Integer.class)), row.get(1, String.class), false);
  }

  /** Keys have at most one space, so this is no other event's. */
  private static String firingKey(String key, int attempt) {
    return attempt == 1 ? key : "%s (attempt %d)".formatted(key, attempt);
  }

  /** It may be sent again. */
  void refused(DSLContext tx, String triggerId, String key) {
    tx.execute(
        "update segue.webhook_event set refused = true where trigger_id = ? and event_key = ?",
        triggerId,
        key);
  }

  void remove(DSLContext tx, String triggerId) {
    tx.execute("delete from segue.webhook_event where trigger_id = ?", triggerId);
  }

  void forgetBefore(DSLContext tx, Instant time) {
    tx.execute(
        "delete from segue.webhook_event where received_at < ?::timestamptz", time.toString());
  }
}
