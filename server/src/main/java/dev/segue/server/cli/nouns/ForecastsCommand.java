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

/** Expected demand. */
@Command(name = "forecasts", description = "Expected demand for each day and item.")
final class ForecastsCommand {

  private final Session session;

  ForecastsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the newest forecasts of a site.")
  void list(
      @Parameters(paramLabel = "SITE") String site,
      @Option(names = "--from", paramLabel = "DAY") @Nullable LocalDate from,
      @Option(names = "--to", paramLabel = "DAY") @Nullable LocalDate to,
      @Option(names = "--item", paramLabel = "ID") @Nullable String item,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("sites", site, "forecasts")
                    .with("from", from)
                    .with("to", to)
                    .with("item", item)),
            "No forecasts.",
            Column.of("DAY", "date"),
            Column.of("ITEM", "item"),
            Column.of("QUANTITY", "quantity"),
            Column.of("LOW", "low"),
            Column.of("HIGH", "high"),
            Column.of("METHOD", "method"),
            Column.of("MADE ON", "madeOn"));
  }
}
