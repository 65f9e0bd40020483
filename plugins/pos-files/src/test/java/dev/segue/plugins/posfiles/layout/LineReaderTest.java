package dev.segue.plugins.posfiles.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.plugins.posfiles.csv.CsvRecord;
import dev.segue.sdk.StepError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static final LineReader.Place BERLIN =
      new LineReader.Place(
          ZoneId.of("Europe/Berlin"),
          Currency.getInstance("EUR"),
          Map.of("109", new BigDecimal("17.95")));

  @Test
  void readsThePizzaPlaceWithOneItemPerSize() {
    LineReader reader = reader(Preset.PIZZA_PLACE.layout(), "id,date,time,name,size,type,price");

    SalesLine line = accepted(reader, "2015-000002,2015-01-01,11:57:40,classic_dlx,M,classic,16");

    assertThat(line)
        .isEqualTo(
            new SalesLine(
                "2015-000002",
                "1",
                "classic-dlx-m",
                "classic_dlx M",
                "classic",
                Instant.parse("2015-01-01T10:57:40Z"),
                new BigDecimal("1.000"),
                new BigDecimal("16.0000"),
                new BigDecimal("16.0000"),
                Currency.getInstance("EUR"),
                ""));
  }

  @Test
  void numbersTheLinesOfAnOrderEvenIfOthersLieBetween() {
    LineReader reader = reader(Preset.PIZZA_PLACE.layout(), "id,date,time,name,size,type,price");

    assertThat(
            List.of("7", "8", "7", "7", "8").stream()
                .map(id -> accepted(reader, id + ",2015-01-01,11:57:40,greek,M,classic,16"))
                .map(SalesLine::line))
        .containsExactly("1", "1", "2", "3", "2");
  }

  @Test
  void readsSquareWithDollarsAndRefunds() {
    LineReader reader =
        reader(
            Preset.SQUARE_ITEMS.layout(),
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Gross Sales,Discounts,"
                + "Net Sales,Tax,Transaction ID,Dining Option");

    SalesLine line =
        accepted(
            reader,
            "07/01/26,12:00:00,Berlin,Drinks,Latte,-2,Large,,\"$9.00\",$0.00,\"-$8.00\",$0.72,"
                + "T1,For Here");

    assertThat(line.item()).isEqualTo("latte-large");
    assertThat(line.quantity()).isEqualByComparingTo("-2");
    assertThat(line.unitPrice()).isEqualByComparingTo("4");
    assertThat(line.amount()).isEqualByComparingTo("-8");
    assertThat(line.channel()).isEqualTo("For Here");
  }

  @Test
  void readsAGermanExportWithSemicolonsAndDecimalCommas() {
    Layout base = Preset.GENERIC.layout();
    Layout german =
        new Layout(
            base.columns(),
            Separator.AUTO,
            base.encoding(),
            true,
            base.timeFormats(),
            Optional.empty(),
            PriceSource.FILE,
            Set.of());

    SalesLine line =
        accepted(
            reader(german, "Belegnummer;Datum;Uhrzeit;Artikelnummer;Bezeichnung;Menge;Betrag"),
            "B-1;1.7.2026;12:00;4711;Brötchen, hell;1,5;1.234,50 €");

    assertThat(line.item()).isEqualTo("4711");
    assertThat(line.itemName()).isEqualTo("Brötchen, hell");
    assertThat(line.quantity()).isEqualByComparingTo("1.5");
    assertThat(line.amount()).isEqualByComparingTo("1234.50");
    assertThat(line.unitPrice()).isEqualByComparingTo("823");
    assertThat(line.orderedAt()).isEqualTo("2026-07-01T10:00:00Z");
  }

  @Test
  void takesPricesFromTheItemsWhereTheFileHasNone() {
    Layout layout = with(PriceSource.FILE_OR_ITEM, Set.of());
    LineReader reader = reader(layout, "order_details_id,order_id,order_date,order_time,item_id");

    SalesLine line = accepted(reader, "1,1,2023-01-01,11:38:36,109");
    assertThat(line.line()).isEqualTo("1");
    assertThat(line.unitPrice()).isEqualByComparingTo("17.95");
    assertThat(rejected(reader, "2,1,2023-01-01,11:38:36,110").reason())
        .contains("no price in the file")
        .contains("'110'");
    assertThat(rejected(reader, "3,1,2023-01-01,11:38:36,").reason()).contains("item is empty");
  }

  @Test
  void passesOverItemsThatAreNone() {
    LineReader reader =
        reader(with(PriceSource.NONE, Set.of("none")), "date,time,transaction,item");

    assertThat(reader.read(record("2016-10-30,09:58:11,1,NONE", true)))
        .isInstanceOf(LineOutcome.Ignored.class);
    assertThat(accepted(reader, "2016-10-30,09:58:11,1,Bread").amount()).isEqualByComparingTo("0");
  }

  @Test
  void takesOwnHeadingsInPlaceOfThePresets() {
    Layout layout =
        Preset.GENERIC
            .layout()
            .withColumns(
                List.of(
                    new ColumnChoice(SalesColumn.ORDER, List.of("Rechnung")),
                    new ColumnChoice(SalesColumn.ORDERED_AT, List.of("Tag", "Stunde"))));

    SalesLine line =
        accepted(reader(layout, "Rechnung|Tag|Stunde|sku|price"), "9|2026-07-01|12:00:00|x|2");

    assertThat(line.order()).isEqualTo("9");
    assertThat(line.orderedAt()).isEqualTo("2026-07-01T10:00:00Z");
  }

  @Test
  void saysWhichColumnsAreMissingAndWhichAreThere() {
    assertThatThrownBy(() -> reader(Preset.SQUARE_ITEMS.layout(), "Tag,Artikel,Betrag"))
        .isInstanceOfSatisfying(
            StepError.class, error -> assertThat(error.code()).isEqualTo("SALES_FILE_COLUMNS"))
        .hasMessageContaining("sales.csv")
        .hasMessageContaining("order ('transaction id')")
        .hasMessageContaining("date and time ('date' with 'time')")
        .hasMessageContaining("Tag, Artikel, Betrag")
        .hasMessageContaining("Own columns");
  }

  @Test
  void namesTheByteThatIsNotOfTheCharacterSet() {
    LineReader reader = reader(Preset.PIZZA_PLACE.layout(), "id,date,time,name,size,type,price");
    byte[] bytes = "1,2015-01-01,11:57:40,caf_,M,x,1".getBytes(UTF_8);
    bytes[25] = (byte) 0xE9;

    LineOutcome outcome = reader.read(new CsvRecord(bytes, 12, 400, true, CsvRecord.Damage.NONE));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            LineOutcome.Rejected.class,
            rejected ->
                assertThat(rejected.reason()).contains("position 425").contains("not UTF-8"));
    assertThat(reader.allDecodable()).isFalse();
  }

  @Test
  void keepsBackAHalfLastLine() {
    LineReader reader = reader(Preset.PIZZA_PLACE.layout(), "id,date,time,name,size,type,price");

    assertThat(reader.read(record("2015-000002,2015-01-01,11:5", false)))
        .isInstanceOf(LineOutcome.Incomplete.class);
    assertThat(reader.read(record("2015-000002,2015-01-01,11:5", true)))
        .isInstanceOf(LineOutcome.Rejected.class);
  }

  private static Layout with(PriceSource prices, Set<String> ignored) {
    Layout base = Preset.GENERIC.layout();
    return new Layout(
        base.columns(),
        base.separator(),
        base.encoding(),
        false,
        base.timeFormats(),
        Optional.empty(),
        prices,
        ignored);
  }

  private static LineReader reader(Layout layout, String headings) {
    return new LineReader("sales.csv", headings, layout, UTF_8, BERLIN);
  }

  private static CsvRecord record(String text, boolean terminated) {
    return new CsvRecord(text.getBytes(UTF_8), 2, 40, terminated, CsvRecord.Damage.NONE);
  }

  private static SalesLine accepted(LineReader reader, String text) {
    LineOutcome outcome = reader.read(record(text, true));
    assertThat(outcome).isInstanceOf(LineOutcome.Accepted.class);
    return ((LineOutcome.Accepted) outcome).line();
  }

  private static LineOutcome.Rejected rejected(LineReader reader, String text) {
    LineOutcome outcome = reader.read(record(text, true));
    assertThat(outcome).isInstanceOf(LineOutcome.Rejected.class);
    return (LineOutcome.Rejected) outcome;
  }
}
