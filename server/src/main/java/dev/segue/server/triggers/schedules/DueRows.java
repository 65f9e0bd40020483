package dev.segue.server.triggers.schedules;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The table of what is due next. */
final class DueRows {

  /**
   * What is due, locked.
   *
   * @param running whether the run that it started last goes on
   * @param queued how many firings wait for that run's end
   */
  record Due(
      String triggerId,
      @Nullable String siteId,
      ZoneId zone,
      Instant dueAt,
      boolean running,
      int queued) {}

  /** A queued firing whose turn has come. */
  record Turn(long firingId, String triggerId, @Nullable String siteId) {}

  /** Locks what is due; what another server has locked is its business. */
  List<Due> lockDue(DSLContext tx, Instant now, int limit) {
    return tx.fetch(
            """
            select d.trigger_id, d.site_id, d.zone, d.due_at,
              exists (select 1 from segue.run r
                where r.run_id = d.last_run and r.state in ('starting', 'started')),
              (select count(*)::int from segue.trigger_firing f
                where f.outcome = 'queued' and f.trigger_id = d.trigger_id
                  and f.site_id is not distinct from d.site_id)
            from segue.schedule_due d
            where d.fire_at <= ?::timestamptz
            order by d.fire_at limit ?
            for update of d skip locked\
            """,
            now.toString(),
            limit)
        .map(
            row ->
                new Due(
                    row.get(0, String.class),
                    row.get(1, String.class),
                    ZoneId.of(row.get(2, String.class)),
                    row.get(3, Instant.class),
                    row.get(4, Boolean.class),
                    row.get(5, Integer.class)));
  }

  /** Queued firings, the oldest of each schedule and site, whose predecessors have ended. */
  List<Turn> turns(DSLContext tx, int limit) {
    return tx.fetch(
            """
            select min(f.firing_id), f.trigger_id, f.site_id
            from segue.trigger_firing f
            join segue.schedule_due d
              on d.trigger_id = f.trigger_id and d.site_id is not distinct from f.site_id
            where f.outcome = 'queued' and not exists (select 1 from segue.run r
              where r.run_id = d.last_run and r.state in ('starting', 'started'))
            group by f.trigger_id, f.site_id order by 1 limit ?\
            """,
            limit)
        .map(
            row ->
                new Turn(
                    row.get(0, Long.class), row.get(1, String.class), row.get(2, String.class)));
  }

  /** Locks the row of a schedule if its last run has ended. False if not, or if it's gone. */
  boolean lockIdle(DSLContext tx, Turn turn) {
    return tx.fetchOptional(
            """
            select 1 from segue.schedule_due d
            where d.trigger_id = ? and d.site_id is not distinct from ?
              and not exists (select 1 from segue.run r
                where r.run_id = d.last_run and r.state in ('starting', 'started'))
            for update of d skip locked\
            """,
            turn.triggerId(),
            turn.siteId())
        .isPresent();
  }

  void lastRun(DSLContext tx, Turn turn, UUID run) {
    tx.execute(
        """
        update segue.schedule_due set last_run = ?
        where trigger_id = ? and site_id is not distinct from ?\
        """,
        run,
        turn.triggerId(),
        turn.siteId());
  }

  /**
   * When a schedule is due next.
   *
   * @param zone the zone by which that was reckoned
   * @param lastRun the run that it just started; null to leave what is written
   */
  record Next(
      String triggerId,
      @Nullable String siteId,
      ZoneId zone,
      Instant dueAt,
      Instant fireAt,
      @Nullable UUID lastRun) {}

  /** Writes when schedules are due next. */
  void advance(DSLContext tx, Collection<Next> all) {
    tx.execute(
        """
        update segue.schedule_due d set zone = n.zone, due_at = n.due::timestamptz,
          fire_at = n.fire::timestamptz, last_run = coalesce(n.run, d.last_run)
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[])
          as n (trigger, site, zone, due, fire, run)
        where d.trigger_id = n.trigger and coalesce(d.site_id, '') = n.site\
        """,
        arrays(all));
  }

  /** The same for those alone that aren't due yet: what is due fires first. */
  void reschedule(DSLContext tx, Collection<Next> all, Instant now) {
    tx.execute(
        """
        update segue.schedule_due d set zone = n.zone, due_at = n.due::timestamptz,
          fire_at = n.fire::timestamptz
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[])
          as n (trigger, site, zone, due, fire, run)
        where d.trigger_id = n.trigger and coalesce(d.site_id, '') = n.site
          and d.due_at > ?::timestamptz\
        """,
        Stream.concat(Stream.of(arrays(all)), Stream.of(now.toString())).toArray());
  }

  /** Adds those that aren't there and leaves the others alone. */
  void add(DSLContext tx, Collection<Next> all) {
    tx.execute(
        """
        insert into segue.schedule_due (trigger_id, site_id, zone, due_at, fire_at, last_run)
        select n.trigger, nullif(n.site, ''), n.zone, n.due::timestamptz, n.fire::timestamptz, n.run
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[])
          as n (trigger, site, zone, due, fire, run)
        on conflict (trigger_id, site_id) do nothing\
        """,
        arrays(all));
  }

  private static Object[] arrays(Collection<Next> all) {
    return new Object[] {
      all.stream().map(Next::triggerId).toArray(String[]::new),
      all.stream().map(next -> next.siteId() == null ? "" : next.siteId()).toArray(String[]::new),
      all.stream().map(next -> next.zone().getId()).toArray(String[]::new),
      all.stream().map(next -> next.dueAt().toString()).toArray(String[]::new),
      all.stream().map(next -> next.fireAt().toString()).toArray(String[]::new),
      all.stream().map(Next::lastRun).toArray(UUID[]::new)
    };
  }

  /**
   * The zones of schedules' rows by schedule and site; no site is the empty text.
   *
   * @param triggerId null for all schedules
   */
  Map<String, Map<String, String>> zones(DSLContext tx, @Nullable String triggerId) {
    Map<String, Map<String, String>> zones = new HashMap<>();
    tx.fetch(
            """
            select trigger_id, coalesce(site_id, ''), zone from segue.schedule_due
            where ?::text is null or trigger_id = ?\
            """,
            triggerId,
            triggerId)
        .forEach(
            row ->
                zones
                    .computeIfAbsent(row.get(0, String.class), id -> new HashMap<>())
                    .put(row.get(1, String.class), row.get(2, String.class)));
    return zones;
  }

  void remove(DSLContext tx, String triggerId, Collection<String> sites) {
    tx.execute(
        "delete from segue.schedule_due where trigger_id = ? and coalesce(site_id, '') = any(?)",
        triggerId,
        sites.toArray(String[]::new));
  }

  void removeAll(DSLContext tx, String triggerId) {
    tx.execute("delete from segue.schedule_due where trigger_id = ?", triggerId);
  }
}
