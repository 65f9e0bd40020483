package dev.segue.server.runs.history;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alarms about engines whose history can't be trusted; they stay until the reason is gone. */
final class HistoryAlarms {

  private static final Logger log = LoggerFactory.getLogger(HistoryAlarms.class);
  private static final String KIND = "history";

  private final DSLContext db;
  private Set<String> raised = new HashSet<>();
  private boolean read;

  HistoryAlarms(DSLContext db) {
    this.db = db;
  }

  /**
   * Makes the open alarms be these.
   *
   * @param reasons by subject
   */
  void show(Map<String, String> reasons) {
    if (!read) {
      raised.addAll(
          db.fetch("select subject from segue.alarm where kind = ? and cleared_at is null", KIND)
              .getValues(0, String.class));
      read = true;
    }
    reasons.forEach(this::raise);
    for (String subject : raised) {
      if (!reasons.containsKey(subject)) {
        clear(subject);
      }
    }
    raised = new HashSet<>(reasons.keySet());
  }

  private void raise(String subject, String message) {
    if (raised.contains(subject)) {
      return;
    }
    log.error("The history stops: {}", message);
    db.execute(
        """
        insert into segue.alarm (alarm_id, kind, subject, severity, message)
        values (?, ?, ?, 'critical', ?)
        on conflict (kind, subject) where cleared_at is null
        do update set message = excluded.message\
        """,
        UUID.randomUUID(),
        KIND,
        subject,
        message);
  }

  private void clear(String subject) {
    log.info("The history of {} goes on", subject);
    db.execute(
        """
        update segue.alarm set cleared_at = now()
        where kind = ? and subject = ? and cleared_at is null\
        """,
        KIND,
        subject);
  }
}
