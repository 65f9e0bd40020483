package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import tools.jackson.databind.JsonNode;

/** Shows what installing a plugin would bring. */
final class PluginPreviewPage {

  private PluginPreviewPage() {}

  static void show(Output out, JsonNode preview) {
    if (out.isJson()) {
      out.json(preview);
      return;
    }
    out.fields(
        preview,
        Column.of("plugin", "id"),
        Column.of("version", "version"),
        Column.of("serves now", "installedVersion"),
        Column.of("provider", "provider"),
        Column.of("license", "license"),
        Column.of("SDK", "requires"),
        Column.of("trust", "trust"),
        Column.of("SHA-256", "sha256"));
    if (!preview.path("changes").isEmpty()) {
      out.heading("Changes");
      out.table(
          preview.path("changes"),
          Column.of("STEP", "subject"),
          Column.of("FIELD", "field"),
          Column.of("CHANGE", "message"),
          Column.of("ASKS FOR", "asks"));
    }
    if (!preview.path("versionFits").asBoolean()) {
      out.remark(
          "The changes ask for a new %s version, which %s isn't."
              .formatted(Json.text(preview, "asks"), Json.text(preview, "version")));
    }
    if (!preview.path("capabilities").isEmpty()) {
      out.heading("Asks for");
      out.table(
          preview.path("capabilities"),
          Column.of("KIND", "kind"),
          Column.of("NAME", "name"),
          Column.of("NEW", "isNew"),
          Column.cut("FOR", "detail"));
    }
    JsonNode users = preview.path("users");
    out.heading("Used by");
    out.line(
        "%d workflows, %s active runs, %s open approvals"
            .formatted(
                users.path("workflows").size(),
                Json.text(users, "runs"),
                Json.text(users, "approvals")));
    users.path("workflows").forEach(workflow -> out.line("  " + workflow.asString()));
  }
}
