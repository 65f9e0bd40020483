package dev.segue.plugins.posfiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segue.plugins.posfiles.layout.Encoding;
import dev.segue.plugins.posfiles.layout.Preset;
import dev.segue.plugins.posfiles.layout.PriceSource;
import dev.segue.plugins.posfiles.layout.Separator;
import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Site;
import dev.segue.testkit.StepHarness;
import dev.segue.testkit.TestHost;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportSalesIT {

  private static final String HEADINGS = "id,date,time,name,size,type,price\n";
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
  private TestHost host;

  @BeforeAll
  static void start() {
    database = new SalesDatabase(server);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    host =
        TestHost.of("pos-files", new PosFilesPlugin())
            .site(SITE)
            .now(Instant.now())
            .limit(Duration.ofMinutes(10))
            .data(new CopyingData(database.fresh()));
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  @Test
  void importsTheSampleOnceHoweverOftenItRuns() throws Exception {
    Path sample = SalesDatabase.Checkout.find("deploy/src/sample/pizza-place/orders.csv.gz");
    Files.copy(sample, folder.resolve("orders.csv.gz"));

    ImportSales.Output first = run(KnownFrom.SALE);
    assertThat(first.newLines()).isEqualTo(41_373);
    assertThat(first.rejectedLines()).isZero();
    assertThat(first.newItems()).isEqualTo(91);
    assertThat(first.firstDay()).contains(LocalDate.of(2015, 1, 1));
    assertThat(database.text("select count(*) from data.sales_order"))
        .isEqualTo(database.text("select count(distinct order_id) from data.sales_line"));
    assertThat(database.text("select min(item_id) from data.item")).isEqualTo("bbq-ckn-l");

    assertThat(run(KnownFrom.SALE))
        .satisfies(again -> assertThat(again.filesUnchanged()).isEqualTo(1))
        .satisfies(again -> assertThat(again.lines()).isZero());
    database.sql("delete from plugin_pos_files.imported_file");
    assertThat(run(KnownFrom.SALE).knownLines()).isEqualTo(41_373);
    assertThat(host.progress()).isNotEmpty();
  }

  @Test
  void addsWhatANewExportAddsAndCorrectsWhatItCorrects() throws Exception {
    write("sales.csv", "1,2026-01-02,12:00:00,greek,M,classic,16\n1,2026-01-02,12:00:00,x,M,c,9\n");
    run(KnownFrom.IMPORT);
    write(
        "sales.csv",
        "1,2026-01-02,12:00:00,greek,M,classic,16\n1,2026-01-02,12:00:00,x,M,c,9.50\n"
            + "2,2026-01-03,02:00:00,greek,M,classic,16\n");

    ImportSales.Output output = run(KnownFrom.IMPORT);

    assertThat(output.newLines()).isEqualTo(1);
    assertThat(output.correctedLines()).isEqualTo(1);
    assertThat(output.knownLines()).isEqualTo(1);
    assertThat(output.lastDay()).contains(LocalDate.of(2026, 1, 2));
    assertThat(database.text("select sum(net_amount) from data.sales_line")).isEqualTo("41.5000");
    assertThat(database.text("select unit_cost is null from data.item where item_id = 'greek-m'"))
        .isEqualTo("t");
  }

  @Test
  void keepsRejectedLinesAndRefusesAFileWithTooMany() throws Exception {
    String good = "1,2026-01-02,12:00:00,greek,M,classic,16\n";
    write("good.csv", good.repeat(50) + "2,never,12:00:00,greek,M,classic,16\n");
    ImportSales.Output output = run(KnownFrom.IMPORT);
    assertThat(output.rejectedSamples())
        .singleElement()
        .satisfies(line -> assertThat(line.line()).isEqualTo(52))
        .satisfies(line -> assertThat(line.reason()).contains("'never 12:00:00'"));
    assertThat(database.text("select count(*) from plugin_pos_files.rejected_line")).isEqualTo("1");

    write("bad.csv", good + "2,never,12:00:00,greek,M,classic,16\n");
    assertThat(step().failure(input(KnownFrom.IMPORT)))
        .isInstanceOfSatisfying(
            StepFailure.BusinessError.class,
            error -> {
              assertThat(error.code()).isEqualTo("SALES_FILE_UNUSABLE");
              assertThat(error.message()).contains("bad.csv", "50.00 %", "Nothing was imported");
            });
    assertThat(database.text("select count(*) from data.sales_line")).isEqualTo("50");
    assertThat(database.text("select count(*) from plugin_pos_files.rejected_line")).isEqualTo("2");
  }

  @Test
  void writesNothingInASimulation() throws Exception {
    write("sales.csv", "1,2026-01-02,12:00:00,greek,M,classic,16\n");

    ImportSales.Output output = step().simulate(input(KnownFrom.IMPORT));

    assertThat(output.lines()).isEqualTo(1);
    assertThat(output.newLines()).isZero();
    assertThat(database.text("select count(*) from data.sales_line")).isEqualTo("0");
    assertThat(database.text("select count(*) from plugin_pos_files.imported_file")).isEqualTo("0");
  }

  @Test
  void takesPricesFromTheCatalogueForARestaurantsExport() throws Exception {
    Path data = shared("restaurant-orders");
    Files.copy(data.resolve("order_details_train.csv"), folder.resolve("orders.csv"));
    for (String line :
        Files.readAllLines(data.resolve("menu_items.csv")).stream().skip(1).toList()) {
      String[] fields = line.split(",");
      database.sql(
          "insert into data.item (site_id, item_id, name, price, currency) values ('pizza-place', '"
              + fields[0]
              + "', '"
              + fields[1].replace("'", "''")
              + "', "
              + fields[fields.length - 1]
              + ", 'USD')");
    }

    ImportSales.Output output =
        step()
            .run(
                input(folder(Preset.GENERIC, PriceSource.FILE_OR_ITEM, List.of()), KnownFrom.SALE));

    assertThat(output.lines() + output.rejectedLines()).isEqualTo(9_396);
    assertThat(output.rejectedLines()).isBetween(1L, 137L);
    assertThat(output.rejectedSamples().getFirst().reason()).contains("item is empty");
    assertThat(database.text("select bool_and(unit_price > 0) from data.sales_line"))
        .isEqualTo("t");
  }

  @Test
  void countsABakerysTicketsWithoutPrices() throws Exception {
    Path data = shared("bread-basket");
    Files.copy(data.resolve("transactions_train.csv"), folder.resolve("tickets.csv"));

    ImportSales.Output output =
        step()
            .run(input(folder(Preset.GENERIC, PriceSource.NONE, List.of("none")), KnownFrom.SALE));

    assertThat(output.lines() + output.ignoredLines()).isEqualTo(17_690);
    assertThat(output.ignoredLines()).isPositive();
    assertThat(output.rejectedLines()).isZero();
  }

  @Test
  void importsAMillionLines() throws Exception {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("year.csv.gz"))),
                UTF_8))) {
      out.write(HEADINGS);
      for (int i = 0; i < 1_000_000; i++) {
        int order = i / 4;
        LocalDate day = LocalDate.of(2025, 1, 1).plusDays(order / 700);
        out.write(order + "," + day + ",12:30:00,pizza_" + (i % 90) + ",M,classic,16.50\n");
      }
    }
    long begun = System.nanoTime();

    ImportSales.Output output = run(KnownFrom.SALE);

    assertThat(output.newLines()).isEqualTo(1_000_000);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(took).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void checksWhatCameIn() throws Exception {
    StringBuilder lines = new StringBuilder();
    LocalDate last = SITE.businessDate(Instant.now()).minusDays(1);
    for (int day = 27; day >= 0; day--) {
      for (int order = 0; order < 10 && day != 9; order++) {
        lines.append(
            "%d-%d,%s,12:0%d:00,greek,M,classic,16\n"
                .formatted(day, order, last.minusDays(day), order));
      }
    }
    write("sales.csv", lines.toString());
    run(KnownFrom.SALE);
    StepHarness<CheckSales.Input, CheckSales.Output> check = host.step(CheckSales.class);
    CheckSales.Input input = new CheckSales.Input(28, Optional.empty(), CheckSales.Unfit.ON_ERROR);

    CheckSales.Output output = check.run(input);
    assertThat(output.ok()).isTrue();
    assertThat(output.lines()).isEqualTo(270);
    assertThat(output.findings())
        .singleElement()
        .satisfies(gap -> assertThat(gap.day()).contains(last.minusDays(9)));

    database.sql("update data.sales_line set unit_price = -1 where order_id = '0-1'");
    database.sql(
        "update data.sales_line set ordered_at = now() + interval '2 days' where order_id = '0-2'");
    assertThat(check.failure(input))
        .isInstanceOfSatisfying(
            StepFailure.BusinessError.class,
            error -> {
              assertThat(error.code()).isEqualTo("SALES_DATA_UNFIT");
              assertThat(error.message()).contains("negative price", "future");
            });
    assertThat(check.run(new CheckSales.Input(28, Optional.empty(), CheckSales.Unfit.NEVER)).ok())
        .isFalse();
  }

  private ImportSales.Output run(KnownFrom knownFrom) {
    return step().run(input(knownFrom));
  }

  private StepHarness<ImportSales.Input, ImportSales.Output> step() {
    return host.step(ImportSales.class);
  }

  private ImportSales.Input input(KnownFrom knownFrom) {
    return input(SalesFolder.of(folder, Preset.PIZZA_PLACE), knownFrom);
  }

  private ImportSales.Input input(SalesFolder connection, KnownFrom knownFrom) {
    host.connection("till", connection);
    return new ImportSales.Input(
        connection, "*.{csv,csv.gz}", true, BigDecimal.valueOf(5), knownFrom);
  }

  private SalesFolder folder(Preset preset, PriceSource prices, List<String> ignored) {
    return new SalesFolder(
        folder.toString(),
        preset,
        List.of(),
        Separator.AUTO,
        Encoding.UTF_8,
        false,
        List.of(),
        Optional.empty(),
        prices,
        ignored);
  }

  private void write(String name, String lines) throws IOException {
    Files.writeString(folder.resolve(name), HEADINGS + lines);
  }

  private static Path shared(String set) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared/data").resolve(set);
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    assumeThat(false).as("the data set " + set + " is not on this machine").isTrue();
    throw new AssertionError();
  }
}
