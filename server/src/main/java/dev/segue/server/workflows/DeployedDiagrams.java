package dev.segue.server.workflows;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.bpmn.model.DiagramException;
import dev.segue.bpmn.model.DiagramLimits;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.Json;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Tells runs of the workflows behind them. What was read is kept: versions never change. */
final class DeployedDiagrams implements WorkflowLookup {

  private static final int KEPT = 200;

  private final Database database;
  private final Map<Long, Map<String, DiagramElement>> elements = lastUsed();
  private final Map<Version, FormRules> startForms = lastUsed();

  private record Version(String workflowId, int number) {}

  DeployedDiagrams(Database database) {
    this.database = database;
  }

  private static <K, V> Map<K, V> lastUsed() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT;
          }
        });
  }

  @Override
  public Optional<Startable> find(String workflowId, @Nullable Integer version) {
    return database
        .jooq()
        .fetchOptional(
            """
            select w.workflow_id, w.title, v.version, v.process_definition_key, w.paused
            from segue.workflow w
            join segue.workflow_version v on v.workflow_id = w.workflow_id
              and v.version = coalesce(?::int, w.latest_version)
            where w.workflow_id = ?\
            """,
            version,
            workflowId)
        .map(
            row ->
                new Startable(
                    row.get(0, String.class),
                    row.get(1, String.class),
                    row.get(2, Integer.class),
                    row.get(3, Long.class),
                    row.get(4, Boolean.class)));
  }

  @Override
  public FormRules startForm(String workflowId, int version) {
    Version key = new Version(workflowId, version);
    FormRules known = startForms.get(key);
    if (known == null) {
      known = readStartForm(key);
      startForms.put(key, known);
    }
    return known;
  }

  private FormRules readStartForm(Version wanted) {
    return database
        .jooq()
        .fetchOptional(
            """
            select r.content from segue.workflow_version v
            join segue.workflow_resource r using (workflow_id, version)
            where v.workflow_id = ? and v.version = ? and v.settings ->> 'main' = v.workflow_id
              and r.kind = 'form' and r.resource_id = v.settings ->> 'startForm'\
            """,
            wanted.workflowId(),
            wanted.number())
        .map(row -> FormRules.of(Json.mapper().readTree(row.get(0, byte[].class))))
        .orElse(FormRules.NONE);
  }

  @Override
  public Map<String, DiagramElement> elements(long processDefinitionKey) {
    Map<String, DiagramElement> known = elements.get(processDefinitionKey);
    if (known != null) {
      return known;
    }
    Record row =
        database
            .jooq()
            .fetchOne(
                """
                select coalesce(
                  (select diagram from segue.workflow_version where process_definition_key = ?),
                  (select diagram from history.process_definition
                    where process_definition_key = ?))\
                """,
                processDefinitionKey,
                processDefinitionKey);
    String xml = row == null ? null : row.get(0, String.class);
    if (xml == null) {
      return Map.of();
    }
    Map<String, DiagramElement> read = read(xml);
    elements.put(processDefinitionKey, read);
    return read;
  }

  /** What the engine runs is shown even if our own rules find fault with it, if without labels. */
  private static Map<String, DiagramElement> read(String xml) {
    try {
      byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
      return Diagram.parse("diagram", bytes, DiagramLimits.DEFAULT).elements();
    } catch (DiagramException e) {
      return Map.of();
    }
  }
}
