package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiAnswer;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places of business. */
@Command(name = "sites", description = "Places of business.")
final class SitesCommand {

  private final Session session;

  SitesCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the sites.")
  void list(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("sites")),
            "No sites. Add one with `segue sites create ID --name NAME --zone ZONE --currency CUR`.",
            Column.of("ID", "id"),
            Column.of("NAME", "name"),
            Column.of("ZONE", "zone"),
            Column.of("CURRENCY", "currency"),
            Column.of("COUNTRY", "country"),
            Column.of("DAY ENDS", "businessDayEnd"));
  }

  @Command(name = "show", description = "Show a site.")
  void show(@Parameters(paramLabel = "SITE") String site) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("sites", site));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("site", "id"),
        Column.of("name", "name"),
        Column.of("zone", "zone"),
        Column.of("currency", "currency"),
        Column.of("country", "country"),
        Column.of("business day ends", "businessDayEnd"));
    List<List<String>> hours = new ArrayList<>();
    found
        .path("openingHours")
        .forEachEntry((day, times) -> hours.add(List.of(capital(day), times(times))));
    if (!hours.isEmpty()) {
      out.heading("Opening hours");
      out.table(List.of("DAY", "OPEN"), hours);
    }
  }

  @Command(name = "sales", description = "Show what was sold each day, beside what was expected.")
  void sales(
      @Parameters(paramLabel = "SITE") String site,
      @Option(names = "--from", paramLabel = "DAY", description = "30 days back without it.")
          @Nullable LocalDate from,
      @Option(names = "--to", paramLabel = "DAY", description = "Today without it.")
          @Nullable LocalDate to) {
    session
        .out()
        .list(
            session
                .api()
                .listWhole(ApiPath.of("sites", site, "sales").with("from", from).with("to", to)),
            "No sales and no forecasts.",
            Column.of("DAY", "date"),
            Column.of("ORDERS", "orders"),
            Column.of("QUANTITY", "quantity"),
            Column.of("EXPECTED", "forecastQuantity"),
            Column.of("MADE ON", "forecastMadeOn"),
            Column.money("REVENUE", "revenue"),
            Column.of("CURRENCY", "currency"));
  }

  @Command(name = "create", description = "Add a site.")
  void create(@Parameters(paramLabel = "SITE") String site, @Mixin SiteOptions given) {
    ObjectNode body = Json.object().put("id", site);
    body.setAll(given.read());
    session.out().done(session.api().post(ApiPath.of("sites"), body), "Added.");
  }

  @Command(name = "update", description = "Change what is said of a site; the rest stays.")
  void update(@Parameters(paramLabel = "SITE") String site, @Mixin SiteOptions given) {
    ApiAnswer before = session.api().read(ApiPath.of("sites", site));
    ObjectNode changes = given.read();
    if (changes.isEmpty()) {
      throw CliException.wrongUse("nothing to change. Use --name, --zone, --hours… or --file.");
    }
    ObjectNode body = before.body().asObject().deepCopy();
    body.remove(List.of("id", "version"));
    body.setAll(changes);
    session
        .out()
        .done(session.api().put(ApiPath.of("sites", site), body, before.etag()), "Changed.");
  }

  @Command(name = "delete", description = "Remove a site without items and sales.")
  void delete(@Parameters(paramLabel = "SITE") String site) {
    session.out().done(session.api().delete(ApiPath.of("sites", site)), "Removed.");
  }

  @Command(name = "days", description = "Show business days with their hours and holidays.")
  void days(
      @Parameters(paramLabel = "SITE") String site,
      @Option(names = "--from", paramLabel = "DAY", description = "Today without it.")
          @Nullable LocalDate from,
      @Option(names = "--days", paramLabel = "COUNT", description = "14 without it.")
          @Nullable Integer days) {
    session
        .out()
        .list(
            session
                .api()
                .listWhole(ApiPath.of("sites", site, "days").with("from", from).with("days", days)),
            "No days.",
            Column.of("DAY", "date"),
            new Column(
                "OPEN",
                (day, texts) -> day.path("open").asBoolean() ? times(day.path("hours")) : "closed"),
            Column.of("HOLIDAY", "holiday"),
            Column.of("REASON", "reason"));
  }

  @Command(name = "except", description = "Give one business day hours of its own, or close it.")
  void except(
      @Parameters(paramLabel = "SITE") String site,
      @Parameters(paramLabel = "DAY") LocalDate day,
      @Option(
              names = "--hours",
              paramLabel = "HH:MM-HH:MM[,…]",
              description = "When it is open; closed without it.")
          @Nullable String hours,
      @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason) {
    ObjectNode body = Json.object();
    body.set("hours", SiteOptions.spans(day.toString(), hours == null ? "closed" : hours));
    if (reason != null) {
      body.put("reason", reason);
    }
    ApiPath path = ApiPath.of("sites", site, "exceptions", day.toString());
    session.out().done(session.api().put(path, body, null), "Saved.");
  }

  @Command(name = "as-usual", description = "Let a business day have its weekday's hours again.")
  void asUsual(
      @Parameters(paramLabel = "SITE") String site, @Parameters(paramLabel = "DAY") LocalDate day) {
    ApiPath path = ApiPath.of("sites", site, "exceptions", day.toString());
    session.out().done(session.api().delete(path), "Removed.");
  }

  @Command(name = "groups", description = "List the groups of sites.")
  void groups(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("site-groups")),
            "No groups. Make one with `segue sites group GROUP --sites A,B`.",
            Column.of("ID", "id"),
            Column.of("NAME", "name"),
            Column.of("SITES", "sites"));
  }

  @Command(name = "group", description = "Add or replace a group of sites.")
  void group(
      @Parameters(paramLabel = "GROUP") String group,
      @Option(names = "--sites", paramLabel = "SITE", split = ",", required = true)
          List<String> sites,
      @Option(names = "--name", paramLabel = "NAME") @Nullable String name) {
    ObjectNode body = Json.object().put("name", name == null ? group : name);
    sites.forEach(body.putArray("sites")::add);
    session.out().done(session.api().put(ApiPath.of("site-groups", group), body, null), "Saved.");
  }

  @Command(name = "ungroup", description = "Remove a group; its sites stay.")
  void ungroup(@Parameters(paramLabel = "GROUP") String group) {
    session.out().done(session.api().delete(ApiPath.of("site-groups", group)), "Removed.");
  }

  private static String times(JsonNode times) {
    List<String> spans = new ArrayList<>();
    times.forEach(span -> spans.add(Json.text(span, "opens") + "-" + Json.text(span, "closes")));
    return Texts.clean(String.join(", ", spans));
  }

  private static String capital(String day) {
    String clean = Texts.clean(day);
    return clean.isEmpty()
        ? clean
        : clean.substring(0, 1).toUpperCase(Locale.ROOT) + clean.substring(1);
  }
}
