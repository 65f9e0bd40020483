package dev.segue.server.workflows;

import dev.segue.bpmn.engine.Deployment;
import dev.segue.server.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes the tables of workflows. Every method takes the transaction that it is part of. */
final class WorkflowStore {

  private WorkflowStore() {}

  /** A package as a version keeps it. */
  record Stored(WorkflowPackage content, Deployment deployment, String by) {}

  /** Adds a version, or brings its package up to date if the process itself hasn't changed. */
  static void save(DSLContext tx, DeployedVersion version, Stored stored) {
    saveWorkflow(tx, version);
    tx.execute(
        """
        insert into segue.workflow_version as v (workflow_id, version, process_definition_key,
          package_hash, diagram, settings, step_types, pins, findings, deployed_by)
        values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?)
        on conflict (workflow_id, version) do update set
          package_hash = excluded.package_hash, diagram = excluded.diagram,
          settings = excluded.settings, step_types = excluded.step_types,
          pins = excluded.pins,
          findings = excluded.findings, deployed_by = excluded.deployed_by, deployed_at = now()
        where v.package_hash <> excluded.package_hash or v.deployed_by = 'engine'\
        """,
        version.workflowId(),
        version.version(),
        version.processDefinitionKey(),
        stored.content().hash(),
        version.diagram(),
        settings(stored.content()),
        version.stepTypes().toArray(String[]::new),
        version.pins().toArray(String[]::new),
        Json.text(version.findings()),
        stored.by());
    savePinned(tx, version, stored.content());
    saveResources(tx, version, stored);
  }

  /** Adds a version that the engine got past Segue, unless it is known. True if it wasn't. */
  static boolean saveStranger(DSLContext tx, DeployedVersion version) {
    if (tx.fetchOptional(
            "select 1 from segue.workflow_version where workflow_id = ? and version = ?",
            version.workflowId(),
            version.version())
        .isPresent()) {
      return false;
    }
    saveWorkflow(tx, version);
    return tx.execute(
            """
            insert into segue.workflow_version (workflow_id, version, process_definition_key,
              package_hash, diagram, step_types, pins, findings, deployed_by)
            values (?, ?, ?, ''::bytea, ?, ?, ?, ?::jsonb, 'engine')
            on conflict do nothing\
            """,
            version.workflowId(),
            version.version(),
            version.processDefinitionKey(),
            version.diagram(),
            version.stepTypes().toArray(String[]::new),
            version.pins().toArray(String[]::new),
            Json.text(version.findings()))
        == 1;
  }

  private static void saveWorkflow(DSLContext tx, DeployedVersion version) {
    tx.execute(
        """
        insert into segue.workflow as w (workflow_id, title, description, latest_version)
        values (?, ?, ?, ?)
        on conflict (workflow_id) do update set
          title = case when excluded.latest_version >= w.latest_version
            then excluded.title else w.title end,
          description = case when excluded.latest_version >= w.latest_version
            then excluded.description else w.description end,
          latest_version = greatest(w.latest_version, excluded.latest_version),
          updated_at = now()\
        """,
        version.workflowId(),
        version.title(),
        version.description(),
        version.version());
  }

  /** A package that says nothing of pins leaves those that were set by hand. */
  private static void savePinned(DSLContext tx, DeployedVersion version, WorkflowPackage content) {
    Map<String, String> pinned = content.settings().pinned();
    if (pinned != null) {
      tx.execute(
          "update segue.workflow set pinned = ?::jsonb where workflow_id = ?",
          Json.text(pinned),
          version.workflowId());
    }
  }

  private static void saveResources(DSLContext tx, DeployedVersion version, Stored stored) {
    tx.execute(
        "delete from segue.workflow_resource where workflow_id = ? and version = ?",
        version.workflowId(),
        version.version());
    Map<String, Long> keys = keys(stored.deployment());
    for (PackageFile file : stored.content().files()) {
      String id = resourceId(stored.content(), file);
      tx.execute(
          """
          insert into segue.workflow_resource
            (workflow_id, version, name, kind, resource_id, content, engine_key)
          values (?, ?, ?, ?, ?, ?, ?)\
          """,
          version.workflowId(),
          version.version(),
          file.path(),
          file.kind().label(),
          id,
          file.content(),
          keys.get(file.path()));
    }
  }

  private static @Nullable String resourceId(WorkflowPackage content, PackageFile file) {
    return switch (file.kind()) {
      case FORM -> ResourceIds.form(file);
      case DECISION -> String.join(" ", ResourceIds.decisions(file));
      case DIAGRAM ->
          content.diagrams().stream()
              .filter(diagram -> diagram.name().equals(file.path()))
              .flatMap(diagram -> diagram.processes().stream())
              .map(process -> process.id())
              .collect(Collectors.joining(" "));
      case SETTINGS, SCENARIO, OTHER -> null;
    };
  }

  private static Map<String, Long> keys(Deployment deployment) {
    Map<String, Long> keys = new HashMap<>();
    deployment.forms().forEach(form -> keys.put(form.resourceName(), form.formKey()));
    deployment
        .processes()
        .forEach(process -> keys.put(process.resourceName(), process.processDefinitionKey()));
    return keys;
  }

  private static String settings(WorkflowPackage content) {
    ObjectNode settings = (ObjectNode) Json.tree(content.settings());
    settings.put("main", content.id());
    return Json.text(settings);
  }

  static List<FindingView> findings(String json) {
    return Json.parse(json)
        .valueStream()
        .map(node -> Json.mapper().treeToValue(node, FindingView.class))
        .toList();
  }
}
