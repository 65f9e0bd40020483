package dev.segue.server.workflows;

import dev.segue.bpmn.model.ApprovalTask;
import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramException;
import dev.segue.bpmn.model.DiagramLimits;
import dev.segue.server.approvals.TaskTexts;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What deployed diagrams say of their user tasks. Read diagrams are kept: they never change. */
final class DiagramTaskTexts implements TaskTexts {

  private static final int KEPT = 100;

  private final Database database;
  private final Map<Long, Map<String, TaskText>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<String, TaskText>> eldest) {
          return size() > KEPT;
        }
      };

  DiagramTaskTexts(Database database) {
    this.database = database;
  }

  @Override
  public Optional<TaskText> find(long processDefinitionKey, String elementId) {
    Map<String, TaskText> texts;
    synchronized (kept) {
      texts = kept.get(processDefinitionKey);
    }
    if (texts == null) {
      texts = read(processDefinitionKey);
      if (!texts.isEmpty()) {
        synchronized (kept) {
          kept.put(processDefinitionKey, texts);
        }
      }
    }
    return Optional.ofNullable(texts.get(elementId));
  }

  private Map<String, TaskText> read(long processDefinitionKey) {
    Record row =
        database
            .jooq()
            .fetchOne(
                """
                select w.title, v.diagram, v.workflow_id, v.version
                from segue.workflow_version v join segue.workflow w using (workflow_id)
                where v.process_definition_key = ?\
                """,
                processDefinitionKey);
    if (row == null) {
      return Map.of();
    }
    Map<String, TaskText> texts = new LinkedHashMap<>();
    for (ApprovalTask task : diagram(row.get(1, String.class))) {
      texts.put(
          task.elementId(),
          new TaskText(
              row.get(0, String.class),
              task.name(),
              "",
              form(row.get(2, String.class), row.get(3, Integer.class), task.formId())));
    }
    return texts;
  }

  private static Iterable<ApprovalTask> diagram(String xml) {
    try {
      return Diagram.parse("diagram", xml.getBytes(StandardCharsets.UTF_8), DiagramLimits.DEFAULT)
          .approvals();
    } catch (DiagramException e) {
      return List.of();
    }
  }

  private @Nullable JsonNode form(String workflowId, int version, @Nullable String formId) {
    if (formId == null) {
      return null;
    }
    byte[] content =
        database
            .jooq()
            .fetchOptional(
                """
                select content from segue.workflow_resource
                where workflow_id = ? and version = ? and kind = 'form' and resource_id = ?\
                """,
                workflowId,
                version,
                formId)
            .map(row -> row.get(0, byte[].class))
            .orElse(null);
    try {
      return content == null ? null : Json.parse(new String(content, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return null;
    }
  }
}
