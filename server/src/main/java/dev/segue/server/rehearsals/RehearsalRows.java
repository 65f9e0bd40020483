package dev.segue.server.rehearsals;

import dev.segue.server.data.Knowledge;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The tables of rehearsals and their days. */
final class RehearsalRows {

  private static final String SELECT =
      """
      select rehearsal_id, workflow_id, workflow_version, from_day, to_day, sites, asked::text,
        schedule_id, knowledge, answer, variables::text, concurrency, state, cancelled_by,
        cancel_reason, started_by, created_at, ended_at
      from segue.rehearsal
      """;

  private static final String SELECT_DAY =
      """
      select rehearsal_id, ordinal, day, site_id, as_of, business_date, state, reason, run_id,
        report::text, started_at, ended_at
      from segue.rehearsal_day
      """;

  void insert(DSLContext tx, Rehearsal one, DayPlan plan) {
    tx.execute(
        """
        insert into segue.rehearsal (rehearsal_id, workflow_id, workflow_version, from_day, to_day,
          sites, asked, schedule_id, knowledge, answer, variables, concurrency, state, started_by,
          created_at)
        values (?, ?, ?, ?::date, ?::date, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::timestamptz)\
        """,
        one.id(),
        one.workflow(),
        one.version(),
        one.from().toString(),
        one.to().toString(),
        one.sites().toArray(String[]::new),
        Json.text(one.asked()),
        one.schedule(),
        one.knowledge().label(),
        one.approves() ? "approve" : "reject",
        Json.text(one.variables()),
        one.concurrency(),
        one.state().label(),
        one.startedBy(),
        one.createdAt().toString());
    List<DayPlan.Day> days = plan.days();
    tx.execute(
        """
        insert into segue.rehearsal_day (rehearsal_id, ordinal, day, site_id, as_of, business_date,
          state, reason)
        select ?, n.ordinal, n.day::date, n.site, n.as_of::timestamptz, n.business_date::date,
          case when n.as_of is null then 'skipped' else 'planned' end, n.reason
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
          as n (day, site, as_of, business_date, reason, ordinal)\
        """,
        one.id(),
        days.stream().map(day -> day.day().toString()).toArray(String[]::new),
        days.stream().map(DayPlan.Day::site).toArray(String[]::new),
        days.stream()
            .map(day -> day.asOf() == null ? null : day.asOf().toString())
            .toArray(String[]::new),
        days.stream().map(day -> day.businessDate().toString()).toArray(String[]::new),
        days.stream().map(DayPlan.Day::skipped).toArray(String[]::new));
  }

  Optional<Rehearsal> find(DSLContext tx, UUID id) {
    return tx.fetchOptional(SELECT + "where rehearsal_id = ?", id).map(RehearsalRows::read);
  }

  /** Those that go on. */
  List<UUID> running(DSLContext tx) {
    return tx.fetch("select rehearsal_id from segue.rehearsal where state = 'running' order by 1")
        .map(row -> row.get(0, UUID.class));
  }

  /** Locks it until the transaction's end; empty if it is over or somebody else has it. */
  Optional<Rehearsal> lockRunning(DSLContext tx, UUID id) {
    return tx.fetchOptional(
            SELECT + "where rehearsal_id = ? and state = 'running' for update skip locked", id)
        .map(RehearsalRows::read);
  }

  /** Locks it until the transaction's end, waiting for whoever has it. */
  Optional<Rehearsal> lock(DSLContext tx, UUID id) {
    return tx.fetchOptional(SELECT + "where rehearsal_id = ? for update", id)
        .map(RehearsalRows::read);
  }

  void end(DSLContext tx, UUID id, Instant now) {
    tx.execute(
        """
        update segue.rehearsal set state = 'completed', ended_at = ?::timestamptz
        where rehearsal_id = ?\
        """,
        now.toString(),
        id);
  }

  void cancel(DSLContext tx, UUID id, String by, String reason, Instant now) {
    tx.execute(
        """
        update segue.rehearsal set state = 'cancelled', cancelled_by = ?, cancel_reason = ?,
          ended_at = ?::timestamptz
        where rehearsal_id = ?\
        """,
        by,
        reason,
        now.toString(),
        id);
    tx.execute(
        """
        update segue.rehearsal_day set state = 'cancelled', ended_at = ?::timestamptz
        where rehearsal_id = ? and state in ('planned', 'running')\
        """,
        now.toString(),
        id);
  }

  /** The days under way, and after them the next ones to start. */
  List<RehearsalDay> open(DSLContext tx, UUID id, int limit) {
    return tx.fetch(
            SELECT_DAY
                + """
                where rehearsal_id = ? and state in ('planned', 'running')
                order by state = 'planned', ordinal limit ?\
                """,
            id,
            limit)
        .map(RehearsalRows::readDay);
  }

  void started(DSLContext tx, RehearsalDay day, Instant now) {
    tx.execute(
        """
        update segue.rehearsal_day set state = 'running', run_id = ?, started_at = ?::timestamptz
        where rehearsal_id = ? and ordinal = ? and state = 'planned'\
        """,
        day.runId(),
        now.toString(),
        day.rehearsal(),
        day.ordinal());
  }

  void ended(
      DSLContext tx,
      RehearsalDay day,
      RehearsalDay.State state,
      String reason,
      @Nullable ObjectNode report,
      Instant now) {
    tx.execute(
        """
        update segue.rehearsal_day
        set state = ?, reason = ?, report = ?::jsonb, ended_at = ?::timestamptz
        where rehearsal_id = ? and ordinal = ?\
        """,
        state.label(),
        reason,
        report == null ? null : Json.text(report),
        now.toString(),
        day.rehearsal(),
        day.ordinal());
  }

  /**
   * Rehearsals, newest first.
   *
   * @param sites all of a rehearsal's must be among them; null for whichever
   */
  Page<Rehearsal> list(
      DSLContext tx,
      @Nullable String workflow,
      Rehearsal.@Nullable State state,
      @Nullable Set<String> sites,
      PageRequest page) {
    Cursor after = page.after();
    List<Rehearsal> rows =
        tx.fetch(
                SELECT
                    + """
                    where (?::text is null or workflow_id = ?) and (?::text is null or state = ?)
                      and (?::text[] is null or sites <@ ?::text[])
                      and (?::text is null
                        or (created_at, rehearsal_id) < (?::timestamptz, ?::uuid))
                    order by created_at desc, rehearsal_id desc limit ?\
                    """,
                workflow,
                workflow,
                state == null ? null : state.label(),
                state == null ? null : state.label(),
                sites == null ? null : sites.toArray(String[]::new),
                sites == null ? null : sites.toArray(String[]::new),
                after == null ? null : after.part(0),
                after == null ? null : after.part(0),
                after == null ? null : after.uuid(1).toString(),
                page.fetch())
            .map(RehearsalRows::read);
    return Page.of(rows, page, one -> Cursor.of(one.createdAt(), one.id()));
  }

  /** The days of one in their order. */
  Page<RehearsalDay> days(
      DSLContext tx, UUID id, RehearsalDay.@Nullable State state, PageRequest page) {
    List<RehearsalDay> rows =
        tx.fetch(
                SELECT_DAY
                    + """
                    where rehearsal_id = ? and (?::text is null or state = ?) and ordinal > ?
                    order by ordinal limit ?\
                    """,
                id,
                state == null ? null : state.label(),
                state == null ? null : state.label(),
                page.after() == null ? 0 : page.after().number(0),
                page.fetch())
            .map(RehearsalRows::readDay);
    return Page.of(rows, page, day -> Cursor.of(day.ordinal()));
  }

  Map<RehearsalDay.State, Integer> counts(DSLContext tx, UUID id) {
    Map<RehearsalDay.State, Integer> counts = new EnumMap<>(RehearsalDay.State.class);
    tx.fetch(
            "select state, count(*)::int from segue.rehearsal_day where rehearsal_id = ? group by 1",
            id)
        .forEach(
            row ->
                counts.put(
                    RehearsalDay.State.of(row.get(0, String.class)), row.get(1, Integer.class)));
    return counts;
  }

  /** The reports of its days without single changes and rows, of which there may be very many. */
  List<String> figures(DSLContext tx, UUID id) {
    return tx.fetch(
            """
            select jsonb_build_object(
              'changes', (select coalesce(jsonb_agg(c - 'changes'), '[]')
                from jsonb_array_elements(report -> 'changes') c),
              'outcomes', (select coalesce(jsonb_agg(o - 'rows'), '[]')
                from jsonb_array_elements(report -> 'outcomes') o))::text
            from segue.rehearsal_day where rehearsal_id = ? and report is not null
            order by ordinal\
            """,
            id)
        .getValues(0, String.class);
  }

  private static Rehearsal read(Record row) {
    return new Rehearsal(
        row.get(0, UUID.class),
        row.get(1, String.class),
        row.get(2, Integer.class),
        row.get(3, LocalDate.class),
        row.get(4, LocalDate.class),
        List.of(row.get(5, String[].class)),
        (ObjectNode) Json.parse(row.get(6, String.class)),
        row.get(7, String.class),
        Knowledge.of(row.get(8, String.class)),
        row.get(9, String.class).equals("approve"),
        (ObjectNode) Json.parse(row.get(10, String.class)),
        row.get(11, Integer.class),
        Rehearsal.State.of(row.get(12, String.class)),
        row.get(13, String.class),
        row.get(14, String.class),
        row.get(15, String.class),
        row.get(16, Instant.class),
        row.get(17, Instant.class));
  }

  private static RehearsalDay readDay(Record row) {
    String report = row.get(9, String.class);
    return new RehearsalDay(
        row.get(0, UUID.class),
        row.get(1, Integer.class),
        row.get(2, LocalDate.class),
        row.get(3, String.class),
        row.get(4, Instant.class),
        row.get(5, LocalDate.class),
        RehearsalDay.State.of(row.get(6, String.class)),
        row.get(7, String.class),
        row.get(8, UUID.class),
        report == null ? null : (ObjectNode) Json.parse(report),
        row.get(10, Instant.class),
        row.get(11, Instant.class));
  }
}
