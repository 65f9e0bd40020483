package dev.segue.server.runs.history;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops the days of records that are old and projected, and adds tomorrow's table partition. */
final class RecordRetention {

  private static final Logger log = LoggerFactory.getLogger(RecordRetention.class);
  private static final String PREFIX = "record_";
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final DSLContext db;
  private final Clock clock;
  private final int keepDays;

  RecordRetention(DSLContext db, Clock clock, int keepDays) {
    this.db = db;
    this.clock = clock;
    this.keepDays = keepDays;
  }

  void run() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    db.execute("select history.ensure_partition(?)", today.plusDays(1));
    LocalDate oldest = min(today.minusDays(keepDays), unprojected(today));
    db.fetch(
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'history.record'::regclass order by c.relname\
            """)
        .getValues(0, String.class)
        .forEach(table -> dropIfOlder(table, oldest));
  }

  /**
   * The first day that still has something to project. A day more, for clocks that were set back.
   */
  private LocalDate unprojected(LocalDate today) {
    LocalDate cursor =
        db.fetchSingle(
                """
                select min(coalesce(c.day, date '1970-01-01'))
                from history.exporter_position e
                left join history.projection_cursor c using (engine_id, partition_id)\
                """)
            .get(0, LocalDate.class);
    return cursor == null ? today : cursor.minusDays(1);
  }

  private void dropIfOlder(String table, LocalDate oldest) {
    if (!table.matches(PREFIX + "\\d{8}")) {
      return;
    }
    LocalDate day = LocalDate.parse(table.substring(PREFIX.length()), DAY);
    if (!day.isBefore(oldest)) {
      return;
    }
    try {
      db.execute("drop table history." + table);
      log.info("The engine's records of {} are older than {} days and were dropped", day, keepDays);
    } catch (DataAccessException e) {
      log.info("The engine's records of {} are in use; they are dropped later", day);
    }
  }

  private static LocalDate min(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
