package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.session.Session;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The promotion calendar. */
@Command(name = "promotions", description = "The promotion calendar that workflows keep.")
final class PromotionsCommand {

  private final Session session;

  PromotionsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List a site's promotions.")
  void list(
      @Parameters(paramLabel = "SITE") String site,
      @Option(names = "--from", paramLabel = "DAY") @Nullable LocalDate from,
      @Option(names = "--to", paramLabel = "DAY") @Nullable LocalDate to,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("sites", site, "promotions").with("from", from).with("to", to)),
            "No promotions.",
            Column.of("ID", "id"),
            Column.of("ITEM", "item"),
            Column.of("FROM", "startsOn"),
            Column.of("TO", "endsOn"),
            Column.of("DISCOUNT", "discount"),
            Column.of("STATUS", "status"),
            Column.cut("TITLE", "title"));
  }
}
