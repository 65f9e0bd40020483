package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiAnswer;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Connections to systems outside. */
@Command(name = "connections", description = "Connections of plugins to other systems.")
final class ConnectionsCommand {

  static final Column[] TYPE_COLUMNS = {
    Column.of("TYPE", "type"),
    Column.of("TITLE", "title"),
    new Column("FIELDS", (row, texts) -> fieldNames(row)),
    new Column("SECRETS", (row, texts) -> secretNames(row)),
  };

  private final Session session;

  ConnectionsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "types", description = "List the types that plugins declare.")
  void types() {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("connection-types")),
            "No plugin declares a connection type.",
            TYPE_COLUMNS);
  }

  @Command(name = "list", description = "List the connections.")
  void list() {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("connections")),
            "No connections. Add one with `segue connections create NAME --type TYPE`.",
            Column.of("NAME", "name"),
            Column.of("TYPE", "type"),
            Column.of("HEALTH", "health"),
            Column.of("PAUSED", "paused"),
            Column.of("SECRETS", "secrets"),
            Column.cut("MESSAGE", "healthMessage"));
  }

  @Command(name = "show", description = "Show a connection without its secrets.")
  void show(@Parameters(paramLabel = "NAME") String name) {
    Output out = session.out();
    JsonNode found = session.api().get(path(name));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("connection", "name"),
        Column.of("type", "type"),
        Column.of("fields", "fields"),
        Column.of("secrets set", "secrets"),
        Column.of("paused", "paused"),
        Column.of("health", "health"),
        Column.of("message", "healthMessage"),
        Column.time("tested", "healthAt"),
        Column.duration("test took", "healthTookMillis"),
        Column.of("updated by", "updatedBy"),
        Column.time("updated", "updatedAt"));
    out.heading("Of late");
    out.fields(
        found.path("traffic"),
        Column.time("last success", "lastSuccessAt"),
        Column.time("last failure", "lastFailureAt"),
        Column.of("because", "lastFailure"),
        new Column("failed", (row, texts) -> failed(row)),
        new Column("rate", (row, texts) -> rate(row)));
    if (!found.path("usedBy").isEmpty()) {
      out.heading("Used by");
      out.table(
          found.path("usedBy"),
          Column.of("WORKFLOW", "workflow"),
          Column.of("VERSION", "version"),
          Column.of("STEP", "element"),
          Column.of("TYPE", "stepType"),
          Column.of("FIELD", "field"),
          Column.of("RUNS", "runs"));
    }
  }

  private static String failed(JsonNode traffic) {
    return "%d of %d calls in 15 minutes"
        .formatted(traffic.path("failures").asInt(), traffic.path("calls").asInt());
  }

  private static String rate(JsonNode traffic) {
    String now =
        String.format(
            Locale.ROOT, "%.1f requests per second", traffic.path("requestsPerSecond").asDouble());
    return traffic.has("limitPerSecond")
        ? now
            + String.format(
                Locale.ROOT,
                " of %.1f (%.0f %%)",
                traffic.path("limitPerSecond").asDouble(),
                100 * traffic.path("budgetInUse").asDouble())
        : now;
  }

  @Command(name = "create", description = "Add a connection.")
  void create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--type",
              required = true,
              paramLabel = "TYPE",
              description = "As `connections types` lists it.")
          String type,
      @Option(
              names = "--set",
              paramLabel = "FIELD=TEXT|FIELD:=JSON",
              description = "A field's value; may be repeated.")
          @Nullable List<String> fields,
      @Option(names = "--fields", paramLabel = "FILE", description = "Fields in YAML or JSON.")
          @Nullable Path fieldsFile,
      @Mixin SecretOptions secrets) {
    ObjectNode body = Json.object().put("name", name).put("type", type);
    body.set("fields", Values.collect("--set", fieldsFile, fields));
    body.set("secrets", secrets.read(session.terminal()));
    JsonNode made = session.api().post(ApiPath.of("connections"), body);
    session.out().done(made, "Added. Try it with `segue connections test " + name + "`.");
  }

  @Command(name = "update", description = "Change or pause a connection; what isn't named stays.")
  void update(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--set", paramLabel = "FIELD=TEXT|FIELD:=JSON") @Nullable List<String> fields,
      @Option(names = "--fields", paramLabel = "FILE") @Nullable Path fieldsFile,
      @Option(
              names = "--pause",
              negatable = true,
              description = "Pause it, or let it go on (--no-pause).")
          @Nullable Boolean pause,
      @Mixin SecretOptions secrets) {
    ApiAnswer before = session.api().read(path(name));
    ObjectNode body = Json.object();
    if (fields != null || fieldsFile != null) {
      ObjectNode all =
          before.body().path("fields") instanceof ObjectNode old ? old.deepCopy() : Json.object();
      all.setAll(Values.collect("--set", fieldsFile, fields));
      body.set("fields", all);
    }
    ObjectNode sealed = secrets.read(session.terminal());
    if (!sealed.isEmpty()) {
      body.set("secrets", sealed);
    }
    if (pause != null) {
      body.put("paused", pause);
    }
    if (body.isEmpty()) {
      throw CliException.wrongUse("nothing to change. Use --set, --fields, --secret or --pause.");
    }
    session.out().done(session.api().patch(path(name), body, before.etag()), "Changed.");
  }

  @Command(name = "delete", description = "Remove a connection and its secrets.")
  void delete(@Parameters(paramLabel = "NAME") String name) {
    session.out().done(session.api().delete(path(name)), "Removed.");
  }

  @Command(name = "test", description = "Try a connection.")
  int test(@Parameters(paramLabel = "NAME") String name) {
    JsonNode finding = session.api().post(ApiPath.of("connections", name, "test"));
    boolean works = Json.text(finding, "health").equals("works");
    String message = Texts.clean(Json.text(finding, "message"));
    session
        .out()
        .done(
            finding,
            (works ? "It works." : "It fails.") + (message.isEmpty() ? "" : " " + message));
    return works ? 0 : CliException.FAILED;
  }

  private static ApiPath path(String name) {
    return ApiPath.of("connections", name);
  }

  private static String fieldNames(JsonNode type) {
    return Texts.clean(String.join(", ", type.path("fields").path("properties").propertyNames()));
  }

  private static String secretNames(JsonNode type) {
    return Texts.clean(
        String.join(
            ", ",
            type.path("secrets").values().stream()
                .map(secret -> secret.isString() ? secret.asString() : Json.text(secret, "name"))
                .toList()));
  }
}
