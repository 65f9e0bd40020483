package dev.segue.server.runs.history;

import dev.segue.server.events.Alarms;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
      raised.addAll(Alarms.open(db, KIND));
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
    Alarms.raise(db, Alarms.Severity.CRITICAL, KIND, subject, message);
  }

  private void clear(String subject) {
    log.info("The history of {} goes on", subject);
    Alarms.clear(db, KIND, subject);
  }
}
