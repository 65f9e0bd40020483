package dev.segue.server.cli.authoring;

import dev.segue.runtime.PluginDescriptor;
import dev.segue.runtime.check.Finding;
import dev.segue.runtime.check.Finding.Severity;
import dev.segue.runtime.check.LibraryLicence;
import dev.segue.runtime.check.Verification;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.plugins.PluginManifest;
import dev.segue.server.plugins.UnpackedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what was found in a plugin: one JSON object, of which people see the parts as tables. */
final class VerifyPage {

  private final Output out;
  private final Path zip;
  private final Finding signature;

  VerifyPage(Output out, Path zip, Finding signature) {
    this.out = out;
    this.zip = zip;
    this.signature = signature;
  }

  /** Shows a zip that no server takes, so that nothing more can be told of it. */
  void refused(String message) {
    ObjectNode page = Json.object().put("zip", zip.toString());
    findings(page, List.of(new Finding(Severity.ERROR, "zip", message), signature));
    print(page);
  }

  void show(UnpackedPlugin plugin, Verification found) throws IOException {
    PluginManifest manifest = plugin.manifest();
    ObjectNode page = Json.object().put("zip", zip.toString());
    page.put("id", manifest.id()).put("version", manifest.version().toString());
    page.put("provider", manifest.provider()).put("license", manifest.license());
    page.put("requires", manifest.requires().toString()).put("sha256", plugin.sha256());
    page.put("bytes", Files.size(zip)).put("unpackedBytes", size(plugin.folder()));
    found.offers().ifPresent(offers -> offers(page, offers));
    ArrayNode libraries = page.putArray("libraries");
    for (LibraryLicence library : found.libraries()) {
      ObjectNode one = libraries.addObject().put("jar", library.jar());
      ArrayNode names = one.putArray("licenses");
      library.names().forEach(names::add);
      one.put("source", library.source());
    }
    found.comparison().ifPresent(comparison -> changes(page, comparison));
    List<Finding> findings = new ArrayList<>(found.findings());
    findings.add(signature);
    findings(page, findings);
    print(page);
  }

  private static void offers(ObjectNode page, PluginDescriptor offers) {
    ArrayNode steps = page.putArray("steps");
    offers
        .steps()
        .forEach(
            step ->
                steps
                    .addObject()
                    .put("type", step.type().toString())
                    .put("effect", step.effect().name().toLowerCase(Locale.ROOT))
                    .put("title", step.title()));
    ArrayNode connections = page.putArray("connectionTypes");
    offers
        .connections()
        .forEach(
            type -> {
              ObjectNode one = connections.addObject().put("type", type.type());
              ArrayNode secrets = one.put("title", type.title()).putArray("secretFields");
              type.secretFields().forEach(secrets::add);
            });
  }

  private static void changes(ObjectNode page, Verification.Comparison comparison) {
    page.put("previousVersion", comparison.before().toString());
    page.put("asks", comparison.changes().asks().name().toLowerCase(Locale.ROOT));
    page.put("neededVersion", comparison.needed().toString());
    ArrayNode changes = page.putArray("changes");
    comparison
        .changes()
        .changes()
        .forEach(
            change ->
                changes
                    .addObject()
                    .put("subject", change.subject())
                    .put("field", change.field())
                    .put("message", change.message())
                    .put("asks", change.asks().name().toLowerCase(Locale.ROOT)));
  }

  private static void findings(ObjectNode page, List<Finding> findings) {
    page.put("errors", count(findings, Severity.ERROR));
    page.put("warnings", count(findings, Severity.WARNING));
    ArrayNode list = page.putArray("findings");
    for (Finding finding :
        findings.stream().sorted(Comparator.comparing(Finding::severity)).toList()) {
      list.addObject()
          .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
          .put("where", finding.where())
          .put("message", finding.message());
    }
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private void print(ObjectNode page) {
    if (out.isJson()) {
      out.json(page);
      return;
    }
    out.fields(
        page,
        Column.of("plugin", "id"),
        Column.of("version", "version"),
        Column.of("provider", "provider"),
        Column.of("license", "license"),
        Column.of("SDK", "requires"),
        Column.of("bytes", "bytes"),
        Column.of("unpacked", "unpackedBytes"),
        Column.of("SHA-256", "sha256"));
    table(
        page,
        "steps",
        "Steps",
        Column.of("TYPE", "type"),
        Column.of("EFFECT", "effect"),
        Column.cut("TITLE", "title"));
    table(
        page,
        "connectionTypes",
        "Connection types",
        Column.of("TYPE", "type"),
        Column.of("SECRETS", "secretFields"),
        Column.cut("TITLE", "title"));
    table(
        page,
        "libraries",
        "Libraries",
        Column.of("JAR", "jar"),
        Column.of("LICENSES", "licenses"),
        Column.of("SAID BY", "source"));
    table(
        page,
        "changes",
        "Changes",
        Column.of("SUBJECT", "subject"),
        Column.of("FIELD", "field"),
        Column.of("CHANGE", "message"),
        Column.of("ASKS FOR", "asks"));
    if (page.has("neededVersion")) {
      out.line(
          "Since %s, a %s version is needed: %s or more."
              .formatted(
                  Json.text(page, "previousVersion"),
                  Json.text(page, "asks"),
                  Json.text(page, "neededVersion")));
    }
    out.heading("Findings");
    page.path("findings")
        .forEach(
            finding ->
                out.line(
                    "%-8s %s: %s"
                        .formatted(
                            Json.text(finding, "severity"),
                            Texts.clean(Json.text(finding, "where")),
                            Texts.clean(Json.text(finding, "message")))));
    out.line(
        "%s errors, %s warnings."
            .formatted(Json.text(page, "errors"), Json.text(page, "warnings")));
  }

  private void table(ObjectNode page, String part, String heading, Column... columns) {
    if (!page.path(part).isEmpty()) {
      out.heading(heading);
      out.table(page.path(part), columns);
    }
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
