package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How far changes may go without a person. */
@Command(name = "policies", description = "How far changes may go without a person.")
final class PoliciesCommand {

  private static final int NOT_FOUND = 404;

  private final Session session;
  private final Clock clock;

  PoliciesCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List the policies.")
  void list(
      @Option(names = "--workflow", paramLabel = "WORKFLOW") @Nullable String workflow,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("policies").with("workflow", workflow)),
            "No policies: people decide everything. Add one with `segue policies put ID FILE`.",
            Column.of("ID", "id"),
            Column.of("WORKFLOW", "workflow"),
            Column.of("CHANGES", "changes"),
            Column.of("LEVEL", "level"),
            Column.of("PAUSED", "paused"),
            Column.cut("FELL BECAUSE", "fellBecause"));
  }

  @Command(name = "show", description = "Show a policy, its limits and when it falls back.")
  void show(@Parameters(paramLabel = "POLICY") String policy) {
    session
        .out()
        .fields(
            session.api().get(ApiPath.of("policies", policy)),
            Column.of("id", "id"),
            Column.of("workflow", "workflow"),
            Column.of("changes", "changes"),
            Column.of("level", "level"),
            Column.of("limits", "limits"),
            Column.of("fallback", "fallback"),
            Column.of("fell because", "fellBecause"),
            Column.of("paused", "paused"),
            Column.of("paused by", "pausedBy"),
            Column.of("because", "pauseReason"),
            Column.of("changed by", "changedBy"),
            Column.time("changed", "changedAt"),
            Column.of("version", "version"));
  }

  @Command(
      name = "put",
      description = {
        "Add or replace a policy.",
        "The file is YAML or JSON with workflow, changes, level (suggest, approve, automatic), limits and fallback."
      })
  void put(
      @Parameters(index = "0", paramLabel = "ID") String policy,
      @Parameters(index = "1", paramLabel = "FILE") Path file) {
    JsonNode made =
        session.api().put(ApiPath.of("policies", policy), Values.read(file), version(policy));
    session.out().done(made, "Saved. It holds for approvals that come up from now on.");
  }

  /** Of what is to be replaced; null for something new. */
  private @Nullable String version(String policy) {
    try {
      return session.api().read(ApiPath.of("policies", policy)).etag();
    } catch (CliException e) {
      if (e.status() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  @Command(name = "remove", description = "Remove a policy; people decide from then on.")
  void remove(@Parameters(paramLabel = "POLICY") String policy) {
    session.out().done(session.api().delete(ApiPath.of("policies", policy)), "Removed.");
  }

  @Command(name = "pause", description = "Have people decide what a policy would, or everything.")
  void pause(
      @Parameters(paramLabel = "POLICY", arity = "0..1") @Nullable String policy,
      @Option(names = "--all", description = "All policies.") boolean all,
      @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason) {
    ObjectNode body = Json.object().put("paused", true);
    if (reason != null) {
      body.put("reason", reason);
    }
    session.out().done(session.api().patch(path(policy, all), body, null), "Paused.");
  }

  @Command(name = "resume", description = "Let a policy, or all of them, decide again.")
  void resume(
      @Parameters(paramLabel = "POLICY", arity = "0..1") @Nullable String policy,
      @Option(names = "--all", description = "All policies.") boolean all) {
    ObjectNode body = Json.object().put("paused", false);
    session.out().done(session.api().patch(path(policy, all), body, null), "Resumed.");
  }

  private static ApiPath path(@Nullable String policy, boolean all) {
    if (all == (policy != null)) {
      throw CliException.wrongUse("Name a policy, or say --all.");
    }
    return policy == null ? ApiPath.of("policy-switch") : ApiPath.of("policies", policy);
  }

  @Command(
      name = "preview",
      description = "Show what limits would have made of the lists that were planned before.")
  void preview(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--from",
              paramLabel = "TIME",
              description = "A day, a time, or how long ago, such as 30d. Default: 90d")
          @Nullable String from) {
    ObjectNode body = Json.object();
    body.set("policy", Values.read(file));
    Instant since = Times.parse("--from", from, clock.instant(), clock.getZone());
    if (since != null) {
      body.put("since", since.toString());
    }
    JsonNode seen = session.api().post(ApiPath.of("policy-preview"), body);
    Output out = session.out();
    if (out.isJson()) {
      out.json(seen);
      return;
    }
    out.line(
        "%d of the lists would have been approved without a person."
            .formatted(seen.path("automatic").asInt()));
    out.table(
        seen.path("items"),
        Column.time("PLANNED", "plannedAt"),
        Column.of("DECIDED", "decided"),
        Column.of("AUTOMATIC", "automatic"),
        Column.cut("WHY", "reason"),
        Column.cut("TITLE", "title"));
  }
}
