package dev.segue.server.rehearsals;

import dev.segue.server.data.Knowledge;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out days on which nothing was known of a site yet. A site of which no sales and no results
 * of ads are known at all is left alone: its workflows live on other data.
 */
final class KnownSince {

  private static final String RECORDED =
      """
      select least(
        (select min(known_at) from data.sales_line_row where site_id = ?),
        (select min(known_at) from data.campaign_day_row where site_id = ?))\
      """;

  private static final String BUSINESS_DAY =
      """
      select least(
        (select min(least(ordered_at, known_at)) from data.sales_line_row where site_id = ?
          and business_date = (
            select min(business_date) from data.sales_line_row where site_id = ?)),
        (select min((c.day + 1)::timestamp at time zone s.zone) from data.campaign_day_row c
          join data.site_row s on s.site_id = c.site_id where c.site_id = ?))\
      """;

  /** The plan without runs on days before anything was known. */
  DayPlan within(DSLContext tx, DayPlan plan, Knowledge knowledge) {
    Map<String, Optional<Instant>> since = new HashMap<>();
    List<DayPlan.Day> days =
        plan.days().stream()
            .map(
                day -> {
                  String site = day.site();
                  if (site == null || day.asOf() == null) {
                    return day;
                  }
                  return since
                      .computeIfAbsent(site, id -> Optional.ofNullable(first(tx, id, knowledge)))
                      .filter(day.asOf()::isBefore)
                      .map(first -> day.skipped(because(site, first, knowledge)))
                      .orElse(day);
                })
            .toList();
    return new DayPlan(days);
  }

  private static @Nullable Instant first(DSLContext tx, String site, Knowledge knowledge) {
    return switch (knowledge) {
      case RECORDED -> tx.fetchSingle(RECORDED, site, site).get(0, Instant.class);
      case BUSINESS_DAY -> tx.fetchSingle(BUSINESS_DAY, site, site, site).get(0, Instant.class);
    };
  }

  private static String because(String site, Instant first, Knowledge knowledge) {
    return switch (knowledge) {
      case RECORDED ->
          "Nothing had been recorded of %s by then; the first was at %s. With the knowledge business-day, what was recorded later counts from the time it tells of."
              .formatted(site, first);
      case BUSINESS_DAY -> "The data of %s begin at %s.".formatted(site, first);
    };
  }
}
