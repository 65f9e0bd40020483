package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The price list. */
@Command(name = "prices", description = "The price list that workflows keep.")
final class PricesCommand {

  private final Session session;

  PricesCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List a site's prices.")
  void list(
      @Parameters(paramLabel = "SITE") String site,
      @Option(names = "--item", paramLabel = "ID") @Nullable String item,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("sites", site, "prices").with("item", item)),
            "No prices.",
            Column.of("ITEM", "item"),
            Column.of("FROM", "validFrom"),
            Column.money("PRICE", "price"),
            Column.of("CURRENCY", "currency"),
            Column.cut("REASON", "reason"));
  }
}
