package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Lists and finds incidents; one that somebody resolves shows as {@code resolving} at once. */
public final class IncidentList {

  private static final String VIEW =
      """
      select i.incident_key, coalesce(r.root_run_id, r.run_id) as run_id,
        coalesce(r.workflow_id, h.bpmn_process_id, '') as workflow, i.element_id, i.error_type,
        i.message,
        case when i.state = 'resolved' then 'resolved'
          when exists (select 1 from segue.incident_resolution x
            where x.incident_key = i.incident_key and x.error is null) then 'resolving'
          else 'open' end as state,
        exists (select 1 from segue.step_journal j
          where j.process_instance_key = i.process_instance_key and j.job_key = i.job_key
            and j.state = 'in_doubt')
          or exists (select 1 from segue.change_set c
            join history.job apply on apply.job_key = i.job_key
            where c.process_instance_key = i.process_instance_key and c.state = 'in_doubt'
              and c.step_type = replace(apply.type, '.apply:', ':')) as in_doubt,
        i.created_at, i.resolved_at, h.process_definition_key, i.process_instance_key,
        i.element_instance_key, i.job_key, r.site_id, w.title
      from history.incident i
      left join history.run h on h.process_instance_key = i.process_instance_key
      left join segue.run r on r.process_instance_key = i.process_instance_key
      left join segue.workflow w on w.workflow_id = coalesce(r.workflow_id, h.bpmn_process_id)
      """;

  private final Database database;
  private final WorkflowLookup workflows;

  /** Reads that database. */
  public IncidentList(Database database, WorkflowLookup workflows) {
    this.database = database;
    this.workflows = workflows;
  }

  /** Which incidents to list; null for whichever. See {@link RunList.Filter#sites()}. */
  public record Filter(
      @Nullable String state,
      @Nullable String workflow,
      @Nullable UUID run,
      @Nullable Collection<String> sites) {}

  /** An incident with what its resolution needs. */
  record Details(
      IncidentView view,
      long processInstanceKey,
      long elementInstanceKey,
      @Nullable Long jobKey,
      @Nullable String siteId) {}

  /** Incidents, newest first. */
  public Page<IncidentView> list(Filter filter, PageRequest page) {
    StringBuilder where = new StringBuilder(" where true");
    List<Object> values = new ArrayList<>();
    if (filter.workflow() != null) {
      where.append(" and coalesce(r.workflow_id, h.bpmn_process_id) = ?");
      values.add(filter.workflow());
    }
    if (filter.run() != null) {
      where.append(" and (r.run_id = ? or r.root_run_id = ?)");
      values.add(filter.run());
      values.add(filter.run());
    }
    if (filter.sites() != null) {
      where.append(" and (r.site_id is null or r.site_id = any(?))");
      values.add(filter.sites().toArray(String[]::new));
    }
    Cursor after = page.after();
    if (after != null) {
      where.append(" and (i.created_at, i.incident_key) < (?::timestamptz, ?::bigint)");
      values.add(after.part(0));
      values.add(after.part(1));
    }
    String sql = VIEW + where;
    if (filter.state() != null) {
      sql = "select * from (" + sql + ") as listed where state = ?";
      values.add(filter.state());
    }
    sql += " order by created_at desc, incident_key desc limit " + page.fetch();
    List<IncidentView> rows =
        database.jooq().fetch(sql, values.toArray()).map(row -> read(row).view());
    return Page.of(rows, page, row -> Cursor.of(row.createdAt(), row.id()));
  }

  /** The incidents of process instances, oldest first. */
  List<IncidentView> of(Collection<Long> processInstanceKeys) {
    return database
        .jooq()
        .fetch(
            VIEW + " where i.process_instance_key = any(?) order by i.created_at",
            (Object) processInstanceKeys.toArray(Long[]::new))
        .map(row -> read(row).view());
  }

  Optional<Details> find(DSLContext tx, long incidentKey) {
    return tx.fetchOptional(VIEW + " where i.incident_key = ?", incidentKey).map(this::read);
  }

  private Details read(Record row) {
    String elementId = row.get(3, String.class);
    Long definition = row.get(10, Long.class);
    DiagramElement element =
        definition == null ? null : workflows.elements(definition).get(elementId);
    String state = row.get(6, String.class);
    boolean inDoubt = row.get(7, Boolean.class);
    return new Details(
        new IncidentView(
            row.get(0, String.class),
            row.get(1, UUID.class),
            row.get(2, String.class),
            row.get(15, String.class),
            row.get(14, String.class),
            elementId,
            ElementWords.name(element, elementId),
            row.get(4, String.class),
            row.get(5, String.class),
            state,
            inDoubt,
            actions(state, inDoubt),
            row.get(8, Instant.class),
            row.get(9, Instant.class)),
        row.get(11, Long.class),
        row.get(12, Long.class),
        row.get(13, Long.class),
        row.get(14, String.class));
  }

  private static List<String> actions(String state, boolean inDoubt) {
    if (!state.equals("open")) {
      return List.of();
    }
    return inDoubt
        ? List.of(IncidentView.HAPPENED, IncidentView.DID_NOT_HAPPEN)
        : List.of(IncidentView.RETRY);
  }
}
