package dev.segue.server.events;

import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/** What needs somebody's attention: at most one open alarm for each kind and subject. */
public final class Alarms {

  private Alarms() {}

  /** How much it matters. */
  public enum Severity {
    /** Something works less well, or only in part. */
    WARNING("warning"),
    /** Something essential stands still. */
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
      this.word = word;
    }
  }

  /**
   * Raises an alarm that warns, or renews the message of the one that is open.
   *
   * @param tx the transaction, or the database for one of its own
   * @param kind such as {@code plugin-refused}
   * @param subject what it is about, such as a step type
   * @param message what happened and what to do
   */
  public static void raise(DSLContext tx, String kind, String subject, String message) {
    raise(tx, Severity.WARNING, kind, subject, message);
  }

  /** Likewise, with a severity; that of an open alarm stays. */
  public static void raise(
      DSLContext tx, Severity severity, String kind, String subject, String message) {
    tx.execute(
        """
        insert into segue.alarm (alarm_id, kind, subject, severity, message)
        values (?, ?, ?, ?, ?)
        on conflict (kind, subject) where cleared_at is null
        do update set message = excluded.message\
        """,
        UUID.randomUUID(),
        kind,
        subject,
        severity.word,
        message);
  }

  /** Takes an alarm back; nothing happens if none is open. */
  public static void clear(DSLContext tx, String kind, String subject) {
    tx.execute(
        """
        update segue.alarm set cleared_at = now()
        where kind = ? and subject = ? and cleared_at is null\
        """,
        kind,
        subject);
  }

  /** Tells about what alarms of a kind are open. */
  public static Set<String> open(DSLContext tx, String kind) {
    return Set.copyOf(
        tx.fetch("select subject from segue.alarm where kind = ? and cleared_at is null", kind)
            .getValues(0, String.class));
  }
}
