package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiAnswer;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Accounts. */
@Command(name = "users", description = "Accounts of people.")
final class UsersCommand {

  private static final String ROLES = "viewer, operator, designer, approver or admin.";

  private final Session session;

  UsersCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the accounts.")
  void list(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("users")),
            "No accounts.",
            Column.of("NAME", "username"),
            Column.of("FULL NAME", "displayName"),
            Column.of("ROLES", "roles"),
            Column.of("GROUPS", "groups"),
            Column.of("SITES", "sites"),
            Column.of("DISABLED", "disabled"));
  }

  @Command(name = "show", description = "Show an account.")
  void show(@Parameters(paramLabel = "NAME") String name) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("users", name));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("user", "username"),
        Column.of("full name", "displayName"),
        Column.of("email", "email"),
        Column.of("roles", "roles"),
        Column.of("groups", "groups"),
        new Column("sites", (row, texts) -> row.has("sites") ? sites(row) : "all"),
        Column.of("disabled", "disabled"),
        Column.time("created", "createdAt"),
        Column.time("updated", "updatedAt"));
  }

  @Command(name = "create", description = "Add an account; asks for the password.")
  void create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--role",
              required = true,
              split = ",",
              paramLabel = "ROLE",
              description = ROLES)
          List<String> roles,
      @Option(names = "--full-name", paramLabel = "NAME") @Nullable String fullName,
      @Option(names = "--email", paramLabel = "ADDRESS") @Nullable String email,
      @Option(names = "--group", split = ",", paramLabel = "GROUP") @Nullable List<String> groups,
      @Option(
              names = "--site",
              split = ",",
              paramLabel = "ID",
              description = "Only these sites; all without it.")
          @Nullable List<String> sites,
      @Option(names = "--password-stdin", description = "Read the password from standard input.")
          boolean piped) {
    ObjectNode body = Json.object().put("username", name);
    body.put("password", Passwords.fresh(session.terminal(), piped, "Password of " + name));
    body.set("roles", strings(roles));
    if (fullName != null) {
      body.put("displayName", fullName);
    }
    if (email != null) {
      body.put("email", email);
    }
    if (groups != null) {
      body.set("groups", strings(groups));
    }
    if (sites != null) {
      body.set("sites", strings(sites));
    }
    session.out().done(session.api().post(ApiPath.of("users"), body), "Added.");
  }

  @Command(name = "disable", description = "Let an account sign in no more.")
  void disable(@Parameters(paramLabel = "NAME") String name) {
    change(name, Json.object().put("disabled", true), "Disabled.");
  }

  @Command(name = "enable", description = "Let an account sign in again.")
  void enable(@Parameters(paramLabel = "NAME") String name) {
    change(name, Json.object().put("disabled", false), "Enabled.");
  }

  @Command(name = "roles", description = "Say which roles, groups and sites an account has.")
  void roles(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", split = ",", paramLabel = "ROLE", description = ROLES)
          @Nullable List<String> roles,
      @Option(names = "--group", split = ",", paramLabel = "GROUP") @Nullable List<String> groups,
      @Option(names = "--site", split = ",", paramLabel = "ID") @Nullable List<String> sites,
      @Option(names = "--all-sites", description = "No limit on sites.") boolean allSites) {
    ObjectNode body = Json.object();
    if (roles != null) {
      body.set("roles", strings(roles));
    }
    if (groups != null) {
      body.set("groups", strings(groups));
    }
    if (allSites) {
      body.putNull("sites");
    } else if (sites != null) {
      body.set("sites", strings(sites));
    }
    if (body.isEmpty()) {
      throw CliException.wrongUse("nothing to change. Use --role, --group, --site or --all-sites.");
    }
    change(name, body, "Changed.");
  }

  @Command(
      name = "reset",
      description = "Set a new password for an account; a random one unless it is piped in.")
  void reset(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--password-stdin", description = "Read the password from standard input.")
          boolean piped) {
    ObjectNode body = Json.object();
    if (piped) {
      body.put("password", Passwords.fresh(session.terminal(), true, ""));
    }
    JsonNode answer = session.api().post(ApiPath.of("users", name, "password"), body);
    String random = Json.text(answer, "password");
    session
        .out()
        .done(
            answer,
            random.isEmpty()
                ? "Set. All sessions of " + name + " have ended."
                : "The new password of %s, shown only now: %s".formatted(name, random));
  }

  private void change(String name, ObjectNode body, String sentence) {
    ApiAnswer before = session.api().read(ApiPath.of("users", name));
    session
        .out()
        .done(session.api().patch(ApiPath.of("users", name), body, before.etag()), sentence);
  }

  private static String sites(JsonNode user) {
    return String.join(
        ", ", user.path("sites").values().stream().map(site -> site.asString("")).toList());
  }

  static ArrayNode strings(List<String> values) {
    ArrayNode strings = Json.array();
    values.stream().flatMap(value -> Arrays.stream(value.split(",", -1))).forEach(strings::add);
    return strings;
  }
}
