package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds or replaces a webhook, and makes the secret of a new one. */
@Command(
    name = "webhook",
    description = {
      "Add or replace a webhook. A new one gets a secret, shown this once.",
      "Try what it makes of an event with `segue triggers try`."
    })
final class WebhookCommand implements Runnable {

  private final Session session;

  @Parameters(paramLabel = "ID")
  private String trigger = "";

  @Mixin private TriggerOptions options = new TriggerOptions();

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "How calls are signed: standard (the default), github, stripe, header, or none.")
  private @Nullable String scheme;

  @Option(names = "--site", paramLabel = "ID", description = "The site of the runs.")
  private @Nullable String site;

  @Option(
      names = "--set",
      paramLabel = "FIELD=TEXT|FIELD:=JSON",
      description =
          "More of the webhook: header, encoding, prefix, replayWindow, eventId, eventIdHeader, siteFrom, businessKey, bodyLimit, rateLimit.")
  private @Nullable List<String> more;

  WebhookCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ObjectNode webhook = Values.collect("--set", null, more);
    if (scheme != null) {
      webhook.put("scheme", scheme);
    }
    if (site != null) {
      webhook.put("site", site);
    }
    ObjectNode body = options.body();
    body.set("webhook", webhook);
    ApiClient api = session.api();
    String tag = TriggerOptions.tag(api, trigger);
    JsonNode saved = TriggerOptions.save(api, trigger, body, tag);
    Output out = session.out();
    if (tag != null || "none".equals(scheme)) {
      out.done(saved, "Saved. It is called at " + address(api, "/hooks/" + trigger) + ".");
      saved.path("warnings").forEach(warning -> out.remark(warning.asString()));
    } else {
      JsonNode made = api.post(ApiPath.of("triggers", trigger, "webhook-secret"), Json.object());
      show(out, api, made);
    }
  }

  /** Shows a secret that was just made. */
  static void show(Output out, ApiClient api, JsonNode made) {
    if (out.isJson()) {
      out.json(made);
      return;
    }
    ObjectNode shown = Json.object().put("url", address(api, made.path("path").asString("")));
    shown.set("secret", made.path("secret"));
    if (made.has("formerValidUntil")) {
      shown.set("formerValidUntil", made.path("formerValidUntil"));
    }
    out.fields(
        shown,
        Column.of("call", "url"),
        Column.of("secret", "secret"),
        Column.time("the former one holds until", "formerValidUntil"));
    out.remark("Keep the secret: it is not shown again.");
  }

  private static String address(ApiClient api, String path) {
    return api.server().resolve(path).toString();
  }
}
