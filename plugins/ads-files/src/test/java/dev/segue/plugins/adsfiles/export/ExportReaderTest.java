package dev.segue.plugins.adsfiles.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.sdk.StepError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports as platforms write them. */
class ExportReaderTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String SIMPLE =
      "day,campaign,impressions,clicks,conversions,cost\n2026-11-19,Lunch,100,10,2,5.00\n";

  @TempDir private Path folder;

  private static ExportFormat format(boolean decimalComma, ColumnChoice... choices) {
    return new ExportFormat(
        List.of(choices),
        decimalComma,
        List.of(DateTimeFormatter.ofPattern("M/d/uuuu")),
        BERLIN,
        "EUR");
  }

  private ExportFile read(ExportFormat format, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("export.csv"), content);
    return new ExportReader(format, Instant.parse("2026-11-21T06:00:00Z")).read(file, "export.csv");
  }

  private ExportFile read(String content) throws IOException {
    return read(format(false), content.getBytes(StandardCharsets.UTF_8));
  }

  private static AdsLine only(ExportFile file) {
    assertThat(file.rejected()).isEmpty();
    assertThat(file.lines()).hasSize(1);
    return file.lines().values().iterator().next().line();
  }

  @Test
  void readsAnExportWithIdsNamesAgeGenderAndTheCurrencyInTheHeading() throws Exception {
    AdsLine line =
        only(
            read(
                "\ufeff\"Reporting starts\",\"Campaign name\",\"Campaign ID\",\"Ad set name\",\"Ad set ID\","
                    + "\"Ad name\",Age,Gender,Impressions,\"Link clicks\",Results,\"Amount spent"
                    + " (EUR)\",\"Purchases conversion value\"\n"
                    + "2026-11-19,\"Lunch, all\",c1,Young,s1,Photo,18-24,female,\"1,234\",12,3,"
                    + "\"1,045.50\",36\n"));
    assertThat(line.key())
        .isEqualTo(
            new AdsLine.Key(LocalDate.parse("2026-11-19"), "c1", "s1", "Photo", "18-24 female"));
    assertThat(line.campaign()).isEqualTo("Lunch, all");
    assertThat(line.impressions()).isEqualTo(1234);
    assertThat(line.cost()).isEqualByComparingTo("1045.50");
    assertThat(line.revenue()).contains(new BigDecimal("36.0000"));
  }

  @Test
  void readsAnExportWithATitleTabsUtf16TotalsAndNoIds() throws Exception {
    String text =
        "Ad performance\nNovember 1, 2026 - November 19, 2026\n"
            + "Day\tCampaign\tAd group\tImpr.\tClicks\tConversions\tCost\tCurrency code\n"
            + "2026-11-19\tSummer Sale!\tShoes\t1,000\t50\t2.5\t12.34\tEUR\n"
            + "Total: Account\t\t\t1,000\t50\t2.5\t12.34\t\n";
    byte[] body = text.getBytes(StandardCharsets.UTF_16LE);
    byte[] marked = new byte[body.length + 2];
    marked[0] = (byte) 0xff;
    marked[1] = (byte) 0xfe;
    System.arraycopy(body, 0, marked, 2, body.length);
    ExportFile file = read(format(false), marked);
    AdsLine line = only(file);
    assertThat(line.key().campaignId()).isEqualTo("summer-sale");
    assertThat(line.key().adSetId()).isEqualTo("shoes");
    assertThat(line.conversions()).contains(new BigDecimal("2.5000"));
    assertThat(line.revenue()).as("a figure that is not exported").isEmpty();
    assertThat(file.passedOver()).isEqualTo(1);
  }

  @Test
  void readsDecimalCommasThousandsPointsOwnColumnsAndWindowsText() throws Exception {
    AdsLine line =
        only(
            read(
                format(
                    true,
                    new ColumnChoice(AdsColumn.DAY, "Tag"),
                    new ColumnChoice(AdsColumn.CAMPAIGN, "Kampagne"),
                    new ColumnChoice(AdsColumn.COST, "Kosten")),
                "Tag;Kampagne;Impressions;Clicks;Results;Kosten\n19.11.2026;Brötchen;1.000;10;-;1.234,50 €\n"
                    .getBytes(Charset.forName("windows-1252"))));
    assertThat(line.campaign()).isEqualTo("Brötchen");
    assertThat(line.cost()).isEqualByComparingTo("1234.5");
    assertThat(line.conversions()).contains(BigDecimal.ZERO);
  }

  @Test
  void readsGzipAndOwnFormatsOfDays() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(SIMPLE.replace("2026-11-19", "11/9/2026").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(only(read(format(false), bytes.toByteArray())).key().day()).isEqualTo("2026-11-09");
    byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    assertThatThrownBy(() -> read(format(false), cut)).hasMessageContaining("not a whole gzip");
  }

  @Test
  void tellsByWhatLinesAreToldApart() throws Exception {
    assertThat(read(SIMPLE).breakdown()).hasToString("by campaign alone");
    ExportFile file =
        read(
            "day,campaign,ad set,ad set id,ad name,age,gender,impressions,clicks,cost\n"
                + "2026-11-19,Lunch,Young,s1,Photo,18-24,female,100,10,5.00\n");
    assertThat(file.breakdown())
        .hasToString("by ad set's id, variant, age and gender")
        .isEqualTo(Breakdown.parse(file.breakdown().code()));
  }

  @Test
  void passesOverDaysThatAreNotOverWhereTheAccountIs() throws Exception {
    assertThat(read(SIMPLE.replace("2026-11-19", "2026-11-21")).passedOver()).isEqualTo(1);
    ExportFormat pacific =
        new ExportFormat(List.of(), false, List.of(), ZoneId.of("America/Los_Angeles"), "EUR");
    assertThat(
            read(pacific, SIMPLE.replace("11-19", "11-20").getBytes(StandardCharsets.UTF_8))
                .passedOver())
        .isEqualTo(1);
    assertThat(read(SIMPLE.replace("11-19", "11-20")).lines()).hasSize(1);
  }

  @Test
  void tellsRepeatedLinesFromContradictions() throws Exception {
    ExportFile file =
        read(SIMPLE + "2026-11-19,Lunch,100,10,2,5.00\n2026-11-19,Lunch,100,10,2,6.00\n");
    assertThat(file.duplicates()).isEqualTo(1);
    assertThat(file.rejected())
        .singleElement()
        .satisfies(line -> assertThat(line.number()).isEqualTo(4))
        .satisfies(line -> assertThat(line.reason()).contains("line 2 has the same day"));
  }

  @Test
  void namesEachBadLineAndWhatIsWrongWithIt() throws Exception {
    ExportFile file =
        read(
            SIMPLE
                + "soon,A,1,1,1,1\n2026-11-18,A,many,1,1,1\n2026-11-18,A,1.5,1,1,1\n"
                + "2026-11-18,A,1,1,1,-4\n2026-11-18,A,1,1\n2026-11-18,,1,1,1,1\n"
                + "2026-11-18,A,1,1,1,99999999999\n");
    assertThat(file.rejected())
        .extracting(ExportFile.Rejected::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("'soon' is no day"),
            reason -> assertThat(reason).contains("impressions 'many' is not a number"),
            reason -> assertThat(reason).contains("not a whole number"),
            reason -> assertThat(reason).contains("cost '-4' is below 0"),
            reason -> assertThat(reason).contains("4 fields where the headings have 6"),
            reason -> assertThat(reason).contains("names no campaign"),
            reason -> assertThat(reason).contains("too large"));
    assertThat(file.rejected().getFirst().number()).isEqualTo(3);
    assertThat(file.lines()).hasSize(1);
  }

  @Test
  void refusesAnotherCurrencyAndFilesThatAreNoExports() throws Exception {
    assertThat(read(SIMPLE.replace("cost\n", "Cost (USD)\n")).rejected())
        .singleElement()
        .satisfies(line -> assertThat(line.reason()).contains("in USD", "takes EUR"));
    assertThatThrownBy(() -> read(""))
        .isInstanceOfSatisfying(
            StepError.class, e -> assertThat(e.code()).isEqualTo("ADS_FILE_UNUSABLE"))
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> read("day,campaign,clicks\n2026-11-19,A,1\n"))
        .isInstanceOfSatisfying(
            StepError.class, e -> assertThat(e.code()).isEqualTo("ADS_FILE_COLUMNS"))
        .hasMessageContaining("no column for: impressions, cost")
        .hasMessageContaining("day, campaign, clicks");
  }
}
