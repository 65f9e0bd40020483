package dev.segue.server.data;

import dev.segue.sdk.Site.Hours;
import dev.segue.server.http.Json;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * Business days that differ from their weekday: public holidays, and what people wrote of a day.
 */
final class SiteCalendar {

  private SiteCalendar() {}

  /** What people wrote of a day. */
  record DayRule(List<Hours> hours, String reason) {}

  /**
   * The days with hours of their own by site. What people wrote wins over holidays; holidays count
   * only where the site closes on them, from three years ago on.
   */
  static Map<String, Map<LocalDate, List<Hours>>> exceptions(
      DSLContext tx, List<StoredSite> sites) {
    Map<String, Map<LocalDate, List<Hours>>> bySite = new HashMap<>();
    tx.fetch(
            """
            select s.site_id, h.date, '[]' from data.site_row s
            join data.holiday_row h on h.country = s.country
            where s.closed_on_holidays and s.site_id = any(?) and h.date > current_date - 1100
            union all
            select site_id, date, hours::text from data.site_exception_row where site_id = any(?)\
            """,
            ids(sites),
            ids(sites))
        .forEach(
            row ->
                bySite
                    .computeIfAbsent(row.get(0, String.class), site -> new HashMap<>())
                    .put(
                        row.get(1, LocalDate.class),
                        OpeningHours.readDay(Json.parse(row.get(2, String.class)))));
    return bySite;
  }

  private static String[] ids(List<StoredSite> sites) {
    return sites.stream().map(stored -> stored.site().id()).toArray(String[]::new);
  }

  /** The names of a country's holidays. */
  static Map<LocalDate, String> holidays(
      DSLContext tx, String country, LocalDate from, LocalDate until) {
    Map<LocalDate, String> names = new HashMap<>();
    tx.fetch(
            "select date, name from data.holiday_row where country = ? and date >= ? and date < ?",
            country,
            from,
            until)
        .forEach(
            row ->
                names.merge(
                    row.get(0, LocalDate.class),
                    row.get(1, String.class),
                    (one, other) -> one + ", " + other));
    return names;
  }

  static Optional<DayRule> find(DSLContext tx, String siteId, LocalDate date) {
    return tx.fetchOptional(
            "select hours, reason from data.site_exception_row where site_id = ? and date = ?",
            siteId,
            date)
        .map(
            row ->
                new DayRule(
                    OpeningHours.readDay(Json.parse(row.get(0, String.class))),
                    row.get(1, String.class)));
  }

  static void put(DSLContext tx, String siteId, LocalDate date, DayRule rule) {
    tx.execute(
        """
        insert into data.site_exception_row (site_id, date, hours, reason)
        values (?, ?, ?::jsonb, ?)
        on conflict (site_id, date) do update
        set hours = excluded.hours, reason = excluded.reason, known_at = now()\
        """,
        siteId,
        date,
        OpeningHours.writeDay(rule.hours()).toString(),
        rule.reason());
  }

  static boolean remove(DSLContext tx, String siteId, LocalDate date) {
    return tx.execute(
            "delete from data.site_exception_row where site_id = ? and date = ?", siteId, date)
        == 1;
  }
}
