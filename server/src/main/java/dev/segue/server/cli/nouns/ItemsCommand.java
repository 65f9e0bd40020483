package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiAnswer;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue. */
@Command(name = "items", description = "A site's catalogue with prices and costs.")
final class ItemsCommand {

  private final Session session;

  ItemsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List a site's items.")
  void list(
      @Parameters(paramLabel = "SITE") String site,
      @Option(names = "--category", paramLabel = "NAME") @Nullable String category,
      @Option(
              names = "--active",
              negatable = true,
              description = "Only those that are sold, or not (--no-active).")
          @Nullable Boolean active,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("sites", site, "items")
                    .with("category", category)
                    .with("active", active)),
            "No items. Add them with `segue items import " + site + " FILE`.",
            Column.of("ID", "id"),
            Column.of("NAME", "name"),
            Column.of("CATEGORY", "category"),
            Column.money("PRICE", "price"),
            Column.money("COST", "unitCost"),
            Column.of("CURRENCY", "currency"),
            Column.of("ACTIVE", "active"));
  }

  @Command(name = "show", description = "Show an item.")
  void show(
      @Parameters(index = "0", paramLabel = "SITE") String site,
      @Parameters(index = "1", paramLabel = "ITEM") String item) {
    Output out = session.out();
    JsonNode found = session.api().get(path(site, item));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("item", "id"),
        Column.of("site", "site"),
        Column.of("name", "name"),
        Column.of("category", "category"),
        Column.money("price", "price"),
        Column.money("cost", "unitCost"),
        Column.of("currency", "currency"),
        Column.of("active", "active"));
  }

  @Command(name = "set", description = "Change an item, or add it (with --name).")
  void set(
      @Parameters(index = "0", paramLabel = "SITE") String site,
      @Parameters(index = "1", paramLabel = "ITEM") String item,
      @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
      @Option(names = "--category", paramLabel = "NAME") @Nullable String category,
      @Option(names = "--price", paramLabel = "AMOUNT") @Nullable BigDecimal price,
      @Option(names = "--cost", paramLabel = "AMOUNT", description = "What one costs to make.")
          @Nullable BigDecimal cost,
      @Option(names = "--active", negatable = true) @Nullable Boolean active) {
    ObjectNode body = Json.object();
    if (name != null) {
      body.put("name", name);
    }
    if (category != null) {
      body.put("category", category);
    }
    if (price != null) {
      body.put("price", price);
    }
    if (cost != null) {
      body.put("unitCost", cost);
    }
    if (active != null) {
      body.put("active", active);
    }
    if (body.isEmpty()) {
      throw CliException.wrongUse("nothing to change. Use --price, --cost, --name…");
    }
    session.out().done(store(site, item, body), "Done.");
  }

  @Command(
      name = "import",
      description =
          "Add or change many items from a CSV with the header"
              + " item_id,name,category,price,unit_cost,currency.")
  void importItems(
      @Parameters(index = "0", paramLabel = "SITE") String site,
      @Parameters(index = "1", paramLabel = "FILE") Path file) {
    byte[] csv;
    try {
      csv = Files.readAllBytes(file);
    } catch (IOException e) {
      throw CliException.wrongUse("%s can't be read. Check its name and rights.".formatted(file));
    }
    JsonNode taken =
        session.api().upload(ApiPath.of("sites", site, "items"), "text/csv; charset=utf-8", csv);
    session
        .out()
        .done(
            taken,
            "%s added, %s changed, %s unchanged."
                .formatted(
                    Json.text(taken, "added"),
                    Json.text(taken, "changed"),
                    Json.text(taken, "unchanged")));
  }

  private JsonNode store(String site, String item, ObjectNode body) {
    ApiAnswer before;
    try {
      before = session.api().read(path(site, item));
    } catch (CliException e) {
      if (e.status() == 404 && body.has("name")) {
        return session.api().put(path(site, item), body, null);
      }
      throw e;
    }
    return session.api().patch(path(site, item), body, before.etag());
  }

  private static ApiPath path(String site, String item) {
    return ApiPath.of("sites", site, "items", item);
  }
}
