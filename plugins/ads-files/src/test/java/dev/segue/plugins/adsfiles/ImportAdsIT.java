package dev.segue.plugins.adsfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.plugins.adsfiles.sample.MadeUpAds;
import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import into a real database, with the contract of its step. */
class ImportAdsIT extends StepContract<ImportAds.Input, ImportAds.Output> {

  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final String HEADINGS =
      "day,campaign,ad set,impressions,clicks,conversions,cost\n";
  private static final Site SITE =
      new Site(
          AdsDatabase.SITE,
          "Corner Café",
          ZoneId.of("Europe/Berlin"),
          Currency.getInstance("EUR"),
          LocalTime.of(4, 0),
          Map.of());

  @TempDir private static Path server;
  private static AdsDatabase database;

  @TempDir private Path folder;
  private TestHost host;

  @BeforeAll
  static void start() {
    database = new AdsDatabase(server);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  protected TestHost host() throws Exception {
    database.clear();
    Files.writeString(folder.resolve("a.csv"), HEADINGS + "2026-11-19,Lunch,Young,100,10,2,5.00\n");
    host =
        TestHost.of("ads-files", new AdsFilesPlugin()).site(SITE).now(NOW).data(database.source());
    return host;
  }

  @Override
  protected Class<? extends Step<ImportAds.Input, ImportAds.Output>> step() {
    return ImportAds.class;
  }

  @Override
  protected List<ImportAds.Input> inputs() {
    return List.of(input(KnownFrom.IMPORT));
  }

  @Override
  protected OptionalLong effects() throws Exception {
    return OptionalLong.of(Long.parseLong(database.text("select count(*) from data.campaign_day")));
  }

  private ImportAds.Input input(KnownFrom knownFrom) {
    return new ImportAds.Input(
        new AdsFolder(folder.toString(), List.of(), false, List.of(), Optional.empty()),
        "*.csv",
        true,
        new BigDecimal("5"),
        knownFrom);
  }

  private ImportAds.Output run() {
    return host.step(ImportAds.class).run(input(KnownFrom.IMPORT));
  }

  @Test
  void importsTheSampleOnceWithEachDayKnownFromItsEnd() throws Exception {
    Files.delete(folder.resolve("a.csv"));
    Files.writeString(
        folder.resolve("ads-synthetic.csv"),
        new MadeUpAds(LocalDate.parse("2026-11-20"), 20, 1).csv());
    ImportAds.Output first = host.step(ImportAds.class).run(input(KnownFrom.RESULT));
    assertThat(first.newLines()).isEqualTo(20 * 3 * 2 * 4);
    assertThat(first.campaigns()).isEqualTo(3);
    assertThat(first.lastDay()).contains(LocalDate.parse("2026-11-20"));
    assertThat(host.step(ImportAds.class).run(input(KnownFrom.RESULT)).knownLines())
        .isEqualTo(first.newLines());
    assertThat(
            database.text(
                "select max(known_at) at time zone 'UTC' from data.campaign_day"
                    + " where day = '2026-11-10'"))
        .isEqualTo("2026-11-10 23:00:00");
    assertThat(database.text("select name from data.campaign where campaign_id = 'dinner'"))
        .isEqualTo("Dinner");
  }

  @Test
  void letsALaterExportCorrectAnEarlierOneHoweverTheyAreNamed() throws Exception {
    Path later =
        Files.writeString(
            folder.resolve("0.csv"),
            HEADINGS + "2026-11-19,Lunch,Young,100,10,3,5.50\n2026-11-20,Lunch,Young,90,9,1,5\n");
    Files.setLastModifiedTime(folder.resolve("a.csv"), FileTime.from(NOW.minusSeconds(900)));
    Files.setLastModifiedTime(later, FileTime.from(NOW.minusSeconds(60)));
    run();
    assertThat(run().knownLines()).isEqualTo(2);
    assertThat(database.text("select sum(conversions) from data.campaign_day")).isEqualTo("4.000");
  }

  @Test
  void countsNoDayTwiceThatComesInTwoBreakdowns() throws Exception {
    Files.writeString(
        folder.resolve("ages.csv"),
        "day,campaign,ad set,age,impressions,clicks,conversions,cost\n"
            + "2026-11-18,Lunch,Young,18-24,40,4,1,2.00\n2026-11-19,Lunch,Young,18-24,40,4,1,2.00\n");
    assertThat(refusal())
        .contains(
            "a.csv",
            "ages.csv",
            "2026-11-19",
            "lunch",
            "the first by ad set,",
            "by ad set and age");
    assertThat(effects()).as("stored lines").hasValue(0);
  }

  @Test
  void countsNoDayTwiceThatIsStoredInAnotherBreakdown() throws Exception {
    run();
    Files.delete(folder.resolve("a.csv"));
    String genders = "day,campaign,ad set,gender,impressions,clicks,conversions,cost\n";
    Files.writeString(
        folder.resolve("b.csv"), genders + "2026-11-19,Lunch,Young,female,40,4,1,2.00\n");
    assertThat(refusal()).contains("b.csv", "by ad set and gender", "is stored by ad set.");
    Files.writeString(
        folder.resolve("b.csv"), genders + "2026-11-20,Lunch,Young,female,40,4,1,2.00\n");
    assertThat(run().newLines()).as("another day").isEqualTo(1);
    database.execute("update data.campaign_day_row set breakdown = null where day = '2026-11-20'");
    Files.writeString(folder.resolve("b.csv"), HEADINGS + "2026-11-20,Lunch,Young,100,10,2,5.00\n");
    assertThat(refusal()).as("of others' lines").contains("is stored by ad set and segment.");
    assertThat(database.text("select sum(cost) from data.campaign_day")).isEqualTo("7.0000");
  }

  private String refusal() {
    StepFailure failure = host.step(ImportAds.class).failure(input(KnownFrom.IMPORT));
    assertThat(failure)
        .asInstanceOf(type(StepFailure.BusinessError.class))
        .satisfies(error -> assertThat(error.code()).isEqualTo("ADS_FILE_UNUSABLE"));
    return failure.message();
  }

  @Test
  void leavesConversionsAndRevenueAsTheyAreWhereAnExportLacksThem() throws Exception {
    Files.writeString(
        folder.resolve("a.csv"),
        "day,campaign,ad set,impressions,clicks,conversions,cost,revenue\n"
            + "2026-11-18,Lunch,Young,100,10,2,5.00,30\n2026-11-19,Lunch,Young,100,10,3,5.00,31\n");
    Path later =
        Files.writeString(
            folder.resolve("b.csv"),
            "day,campaign,ad set,impressions,clicks,cost\n"
                + "2026-11-19,Lunch,Young,110,11,6.00\n2026-11-20,Lunch,Young,90,9,5.00\n");
    Files.setLastModifiedTime(folder.resolve("a.csv"), FileTime.from(NOW.minusSeconds(900)));
    Files.setLastModifiedTime(later, FileTime.from(NOW.minusSeconds(60)));
    run();
    assertThat(figures("2026-11-19")).as("of both files").isEqualTo("110 3.000 31.0000");
    Files.delete(folder.resolve("a.csv"));
    Files.writeString(
        later, "day,campaign,ad set,impressions,clicks,cost\n2026-11-18,Lunch,Young,120,12,7.00\n");
    assertThat(run().correctedLines()).isEqualTo(1);
    assertThat(figures("2026-11-18")).as("as stored").isEqualTo("120 2.000 30.0000");
  }

  private static String figures(String day) throws Exception {
    return database.text(
        "select impressions || ' ' || conversions || ' ' || revenue from data.campaign_day"
            + " where day = '"
            + day
            + "'");
  }

  @Test
  void importsNothingOfAFileThatIsMostlyUnreadableAndNamesALine() throws Exception {
    Files.writeString(folder.resolve("b.csv"), HEADINGS + "2026-11-19,X,Y,many,1,1,1\n");
    assertThat(host.step(ImportAds.class).failure(input(KnownFrom.IMPORT)))
        .asInstanceOf(type(StepFailure.BusinessError.class))
        .satisfies(error -> assertThat(error.code()).isEqualTo("ADS_FILE_UNUSABLE"))
        .satisfies(error -> assertThat(error.message()).contains("b.csv", "line 2", "'many'"));
    assertThat(effects()).hasValue(0);
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Files.delete(folder.resolve("a.csv"));
    assertThat(host.step(ImportAds.class).failure(input(KnownFrom.IMPORT)).message())
        .contains("No file in");
    ImportAds.Input outside =
        new ImportAds.Input(
            input(KnownFrom.IMPORT).folder(), "../*.csv", true, BigDecimal.ZERO, KnownFrom.IMPORT);
    assertThat(host.step(ImportAds.class).failure(outside).message()).contains("leads out of");
  }
}
