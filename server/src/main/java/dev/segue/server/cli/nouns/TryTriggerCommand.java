package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a trigger would make of an event. */
@Command(
    name = "try",
    description = {
      "Show what a run would begin with, were there an event; starts nothing.",
      "Of a saved trigger, or of one in a file. Ends with 1 if no run would start."
    })
final class TryTriggerCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "TRIGGER", arity = "0..1")
  private @Nullable String trigger;

  @Option(names = "--file", paramLabel = "FILE", description = "A trigger in YAML or JSON.")
  private @Nullable Path file;

  @Option(
      names = "--event",
      required = true,
      paramLabel = "FILE",
      description = "The event in JSON; for a webhook, the body of the call.")
  private Path event = Path.of("");

  @Option(
      names = "--header",
      paramLabel = "NAME=TEXT",
      description = "A header of a webhook's call; may be repeated.")
  private @Nullable Map<String, String> headers;

  @Option(names = "--site", paramLabel = "ID", description = "For schedules and monitors.")
  private @Nullable String site;

  TryTriggerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if ((trigger == null) == (file == null)) {
      throw CliException.wrongUse("name a trigger, or give one by --file.");
    }
    ObjectNode asked = Json.object();
    if (trigger != null) {
      asked.put("id", trigger);
    }
    if (file != null) {
      ObjectNode written = Values.read(file);
      JsonNode id = written.remove("id");
      written.remove("paused");
      if (id != null) {
        asked.set("id", id);
      }
      asked.set("trigger", written);
    }
    asked.set("event", readEvent());
    if (headers != null) {
      ObjectNode sent = asked.putObject("headers");
      headers.forEach(sent::put);
    }
    if (site != null) {
      asked.put("site", site);
    }
    JsonNode tried = session.api().post(ApiPath.of("trigger-mapping-preview"), asked);
    show(tried);
    return tried.path("starts").asBoolean(false) ? 0 : 1;
  }

  private JsonNode readEvent() {
    try {
      return Json.parse(Files.readString(event))
          .orElseThrow(() -> CliException.wrongUse("%s is not JSON.".formatted(event)));
    } catch (IOException e) {
      throw CliException.wrongUse("%s can't be read. Check its name and rights.".formatted(event));
    }
  }

  private void show(JsonNode tried) {
    Output out = session.out();
    if (out.isJson()) {
      out.json(tried);
      return;
    }
    out.fields(
        tried,
        Column.of("starts a run", "starts"),
        Column.of("site", "site"),
        Column.of("event's key", "key"),
        Column.of("business key", "businessKey"));
    out.heading("Variables");
    tried
        .path("variables")
        .properties()
        .forEach(one -> out.line(one.getKey() + " = " + one.getValue()));
    if (!tried.path("errors").isEmpty()) {
      out.heading("Errors");
      out.table(tried.path("errors"), Column.of("FIELD", "field"), Column.of("REASON", "message"));
    }
  }
}
