package dev.segue.server.plugins;

import dev.segue.server.http.Json;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A preview in the words of the API. */
final class PreviewView {

  private PreviewView() {}

  static ObjectNode of(PluginPreview preview) {
    PluginManifest manifest = preview.manifest();
    ObjectNode view = Json.object();
    view.put("id", manifest.id());
    view.put("version", manifest.version().toString());
    view.put("installedVersion", preview.installed());
    view.put("provider", manifest.provider());
    view.put("license", manifest.license());
    view.put("description", manifest.description());
    view.put("requires", manifest.requires().toString());
    view.put("sha256", preview.sha256());
    view.put("asks", text(preview.changes().asks()));
    view.put("versionFits", preview.versionFits());
    ArrayNode changes = view.putArray("changes");
    preview
        .changes()
        .changes()
        .forEach(
            change ->
                changes
                    .addObject()
                    .put("subject", change.subject())
                    .put("field", change.field())
                    .put("message", change.message())
                    .put("asks", text(change.asks())));
    ArrayNode capabilities = view.putArray("capabilities");
    preview
        .capabilities()
        .forEach(
            capability ->
                capabilities
                    .addObject()
                    .put("kind", text(capability.kind()))
                    .put("name", capability.name())
                    .put("isNew", capability.isNew())
                    .put("detail", capability.detail()));
    view.set("users", users(preview.users()));
    return view;
  }

  private static ObjectNode users(StepUse.Users users) {
    ObjectNode view = Json.object();
    users.workflows().forEach(view.putArray("workflows")::add);
    view.put("runs", users.runs());
    ArrayNode runs = view.putArray("someRuns");
    users
        .someRuns()
        .forEach(
            run ->
                runs.addObject()
                    .put("id", run.run().toString())
                    .put("workflow", run.workflow())
                    .put("businessKey", run.businessKey()));
    view.put("approvals", users.approvals());
    ArrayNode approvals = view.putArray("someApprovals");
    users
        .someApprovals()
        .forEach(
            approval ->
                approvals
                    .addObject()
                    .put("id", Long.toString(approval.approval()))
                    .put("workflow", approval.workflow())
                    .put("element", approval.element()));
    return view;
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
