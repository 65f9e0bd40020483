package dev.segue.server.runs;

import dev.segue.server.data.Knowledge;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Lists and finds runs: the server's own rows, with what the history knows of them. So a run is
 * there as soon as its start is committed, whether or not the history keeps up.
 */
public final class RunList {

  private static final String VIEW =
      """
      select r.run_id, r.workflow_id, w.title, r.workflow_version, r.process_instance_key,
        r.parent_run_id,
        case
          when r.state = 'refused' then 'refused'
          when h.state = 'completed' then 'completed'
          when h.state = 'terminated' then 'cancelled'
          when r.cancel_requested_at is not null then 'cancelling'
          when r.state = 'starting' then 'starting'
          when o.incidents > 0 then 'incident'
          else 'active'
        end as state,
        r.mode, r.site_id, r.business_key, r.as_of, r.started_by, r.start_kind, r.created_at,
        coalesce(h.started_at, r.started_at), h.ended_at, o.incidents, o.approvals,
        r.cancel_reason, r.error, r.knowledge
      from segue.run r
      left join segue.workflow w on w.workflow_id = r.workflow_id
      left join history.run h on h.process_instance_key = r.process_instance_key
      cross join lateral (
        select coalesce(sum(x.open_incidents), 0)::int as incidents,
          coalesce(sum((select count(*) from history.user_task t
            where t.process_instance_key = x.process_instance_key and t.state = 'created')), 0)::int
            as approvals
        from history.run x
        where x.state = 'active' and x.process_instance_key in (
          select m.process_instance_key from segue.run m
          where m.run_id = r.run_id or m.root_run_id = r.run_id)) o
      """;

  private final Database database;

  /** Reads that database. */
  public RunList(Database database) {
    this.database = database;
  }

  /**
   * Which runs to list; null for whichever.
   *
   * @param states empty for all
   * @param since runs made at that time or later
   * @param until runs made before that time
   * @param beginning how the id or the business key begins, in upper or lower case
   * @param sites ids of the sites whose runs may be seen, besides those of no site; null for all
   */
  public record Filter(
      List<RunView.State> states,
      @Nullable String workflow,
      @Nullable String site,
      @Nullable RunMode mode,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable String startedBy,
      @Nullable String businessKey,
      @Nullable String beginning,
      @Nullable Collection<String> sites) {

    /** All that anybody may see. */
    public static final Filter NONE =
        new Filter(List.of(), null, null, null, null, null, null, null, null, null);

    public Filter {
      states = List.copyOf(states);
    }
  }

  /** Runs that no other run called, newest first. */
  public Page<RunView> list(Filter filter, PageRequest page) {
    StringBuilder where = new StringBuilder(" where r.parent_run_id is null");
    List<Object> values = new ArrayList<>();
    add(where, values, " and r.workflow_id = ?", filter.workflow());
    add(where, values, " and r.site_id = ?", filter.site());
    add(where, values, " and r.mode = ?", filter.mode() == null ? null : filter.mode().label());
    add(
        where,
        values,
        " and r.created_at >= ?::timestamptz",
        filter.since() == null ? null : filter.since().toString());
    add(
        where,
        values,
        " and r.created_at < ?::timestamptz",
        filter.until() == null ? null : filter.until().toString());
    add(where, values, " and r.started_by = ?", filter.startedBy());
    add(where, values, " and lower(r.business_key) = lower(?)", filter.businessKey());
    add(where, values, " and r.business_key = ?", filter.businessKey());
    if (filter.beginning() != null) {
      addBeginning(where, values, filter.beginning());
    }
    if (filter.sites() != null) {
      add(
          where,
          values,
          " and (r.site_id is null or r.site_id = any(?))",
          filter.sites().toArray(String[]::new));
    }
    Cursor after = page.after();
    if (after != null) {
      where.append(" and (r.created_at, r.run_id) < (?::timestamptz, ?::uuid)");
      values.add(after.part(0));
      values.add(after.part(1));
    }
    String sql = VIEW + where;
    if (!filter.states().isEmpty()) {
      sql = "select * from (" + sql + ") as listed where state = any(?)";
      values.add(filter.states().stream().map(RunView.State::label).toArray(String[]::new));
    }
    List<RunView> rows =
        database
            .jooq()
            .fetch(
                sql + " order by created_at desc, run_id desc limit " + page.fetch(),
                values.toArray())
            .map(RunList::read);
    return Page.of(rows, page, run -> Cursor.of(run.createdAt(), run.id()));
  }

  /** Finds a run, called ones too. */
  public Optional<RunView> find(UUID runId) {
    return database.jooq().fetchOptional(VIEW + " where r.run_id = ?", runId).map(RunList::read);
  }

  /** Ids go by their range, since an index on them knows no texts. */
  private static void addBeginning(StringBuilder where, List<Object> values, String text) {
    String digits = text.replace("-", "");
    boolean id = digits.matches("[0-9a-fA-F]{1,32}");
    where.append(" and (lower(r.business_key) like ?");
    values.add(text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%");
    if (id) {
      where.append(" or r.run_id between ?::uuid and ?::uuid");
      values.add(digits + "0".repeat(32 - digits.length()));
      values.add(digits + "f".repeat(32 - digits.length()));
    }
    where.append(')');
  }

  private static void add(
      StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      where.append(condition);
      values.add(value);
    }
  }

  private static RunView read(Record row) {
    String mode = row.get(7, String.class);
    String knowledge = row.get(20, String.class);
    return new RunView(
        row.get(0, UUID.class),
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, Integer.class),
        row.get(4, String.class),
        row.get(5, UUID.class),
        RunView.State.valueOf(row.get(6, String.class).toUpperCase(Locale.ROOT)),
        mode == null ? null : RunMode.of(mode),
        row.get(8, String.class),
        row.get(9, String.class),
        row.get(10, Instant.class),
        knowledge == null ? null : Knowledge.of(knowledge),
        row.get(11, String.class),
        row.get(12, String.class),
        row.get(13, Instant.class),
        row.get(14, Instant.class),
        row.get(15, Instant.class),
        row.get(16, Integer.class),
        row.get(17, Integer.class),
        row.get(18, String.class),
        row.get(19, String.class));
  }
}
