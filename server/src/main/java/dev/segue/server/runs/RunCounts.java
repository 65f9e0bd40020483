package dev.segue.server.runs;

import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the runs of each site. */
final class RunCounts {

  private static final String COUNT =
      """
      select site_id, count(*)::int, count(*) filter (where state = 'active')::int,
        count(*) filter (where state = 'incident')::int,
        count(*) filter (where state = 'completed')::int,
        count(*) filter (where state = 'cancelled')::int,
        count(*) filter (where state = 'refused')::int
      from (
        select r.site_id, case
          when r.state = 'refused' then 'refused'
          when h.state = 'completed' then 'completed'
          when h.state = 'terminated' then 'cancelled'
          when exists (select 1 from segue.run m join history.run x using (process_instance_key)
            where (m.run_id = r.run_id or m.root_run_id = r.run_id) and x.state = 'active'
              and x.open_incidents > 0) then 'incident'
          else 'active' end as state
        from segue.run r
        left join history.run h on h.process_instance_key = r.process_instance_key
        where r.parent_run_id is null
          and r.created_at >= coalesce(?::timestamptz, '-infinity')
          and r.created_at < coalesce(?::timestamptz, 'infinity')
          and (?::text is null or r.workflow_id = ?)
          and (?::text is null or r.mode = ?)
          and (?::text[] is null or r.site_id is null or r.site_id = any(?::text[]))) as counted
      group by site_id order by site_id nulls last\
      """;

  private final Database database;

  RunCounts(Database database) {
    this.database = database;
  }

  /**
   * Which runs to count; null for whichever.
   *
   * @param sites see {@link RunList.Filter#sites()}
   */
  record Filter(
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable String workflow,
      @Nullable RunMode mode,
      @Nullable Collection<String> sites) {}

  /**
   * The runs of one site, by how they are.
   *
   * @param site null for runs of no site
   * @param active neither over nor in need of help
   */
  record Count(
      @Nullable String site,
      int total,
      int active,
      int incident,
      int completed,
      int cancelled,
      int refused) {}

  /** Runs that no other run called. */
  List<Count> bySite(Filter filter) {
    String mode = filter.mode() == null ? null : filter.mode().label();
    String[] sites = filter.sites() == null ? null : filter.sites().toArray(String[]::new);
    return database
        .jooq()
        .fetch(
            COUNT,
            filter.since() == null ? null : filter.since().toString(),
            filter.until() == null ? null : filter.until().toString(),
            filter.workflow(),
            filter.workflow(),
            mode,
            mode,
            sites,
            sites)
        .map(
            row ->
                new Count(
                    row.get(0, String.class),
                    row.get(1, Integer.class),
                    row.get(2, Integer.class),
                    row.get(3, Integer.class),
                    row.get(4, Integer.class),
                    row.get(5, Integer.class),
                    row.get(6, Integer.class)));
  }
}
