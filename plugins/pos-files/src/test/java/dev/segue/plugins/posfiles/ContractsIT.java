package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.Preset;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What every step promises, on a database. */
class ContractsIT {

  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Site SITE =
      new Site(
          "pizza-place",
          "Pizza Place",
          ZoneId.of("America/New_York"),
          Currency.getInstance("USD"),
          LocalTime.of(4, 0),
          Map.of());

  @TempDir private static Path server;
  private static SalesDatabase database;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    database = new SalesDatabase(server);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static TestHost pizzaPlace() throws Exception {
    return TestHost.of("pos-files", new PosFilesPlugin())
        .site(SITE)
        .now(NOW)
        .data(new CopyingData(database.fresh()));
  }

  private static OptionalLong lines() throws SQLException {
    return OptionalLong.of(Long.parseLong(database.text("select count(*) from data.sales_line")));
  }

  @Nested
  class OfImportSales extends StepContract<ImportSales.Input, ImportSales.Output> {

    @Override
    protected TestHost host() throws Exception {
      Files.writeString(
          folder.resolve("sales.csv"),
          "id,date,time,name,size,type,price\n1,2026-01-02,12:00:00,greek,M,classic,16\n");
      return pizzaPlace();
    }

    @Override
    protected Class<? extends Step<ImportSales.Input, ImportSales.Output>> step() {
      return ImportSales.class;
    }

    @Override
    protected List<ImportSales.Input> inputs() {
      return List.of(
          new ImportSales.Input(
              SalesFolder.of(folder, Preset.PIZZA_PLACE),
              "*.csv",
              true,
              BigDecimal.valueOf(5),
              KnownFrom.SALE));
    }

    @Override
    protected OptionalLong effects() throws Exception {
      return lines();
    }
  }

  @Nested
  class OfCheckSales extends StepContract<CheckSales.Input, CheckSales.Output> {

    @Override
    protected TestHost host() throws Exception {
      return pizzaPlace();
    }

    @Override
    protected Class<? extends Step<CheckSales.Input, CheckSales.Output>> step() {
      return CheckSales.class;
    }

    @Override
    protected List<CheckSales.Input> inputs() {
      return List.of(new CheckSales.Input(28, Optional.empty(), CheckSales.Unfit.NEVER));
    }
  }
}
