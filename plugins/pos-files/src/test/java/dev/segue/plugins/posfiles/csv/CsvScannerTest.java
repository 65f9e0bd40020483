package dev.segue.plugins.posfiles.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvScannerTest {

  @Test
  void splitsAtEveryKindOfLineEnd() throws IOException {
    assertThat(scan("a,b\nc,d\r\ne,f\rg,h"))
        .extracting(CsvScannerTest::text, CsvRecord::line, CsvRecord::terminated)
        .containsExactly(
            tuple("a,b", 1L, true),
            tuple("c,d", 2L, true),
            tuple("e,f", 3L, true),
            tuple("g,h", 4L, false));
  }

  @Test
  void keepsALineEndWithinQuotesAndCountsItsLines() throws IOException {
    assertThat(scan("a,\"x\ny \"\"z\"\"\",b\nc\n"))
        .extracting(CsvScannerTest::text, CsvRecord::line)
        .containsExactly(tuple("a,\"x\ny \"\"z\"\"\",b", 1L), tuple("c", 3L));
  }

  @Test
  void takesAnInchMarkInPlainTextForACharacter() throws IOException {
    assertThat(scan("1,Pizza 12\"\n2,Pizza 14\"\"\n3,x\n"))
        .extracting(CsvScannerTest::text)
        .containsExactly("1,Pizza 12\"", "2,Pizza 14\"\"", "3,x");
  }

  @Test
  void losesOneLineOnlyToAQuoteThatNothingCloses() throws IOException {
    List<CsvRecord> records = scan("1,ok\n2,\"open\n3,ok\n");

    assertThat(records)
        .extracting(CsvScannerTest::text, CsvRecord::damage)
        .containsExactly(
            tuple("1,ok", CsvRecord.Damage.NONE),
            tuple("2,\"open", CsvRecord.Damage.OPEN_QUOTE),
            tuple("3,ok", CsvRecord.Damage.NONE));
  }

  @Test
  void goesOnAfterAnEndlessLine() throws IOException {
    List<CsvRecord> records = scan("a\n" + "x".repeat(300_000) + "\nb\n");

    assertThat(records)
        .extracting(CsvRecord::damage)
        .containsExactly(CsvRecord.Damage.NONE, CsvRecord.Damage.TOO_LONG, CsvRecord.Damage.NONE);
    assertThat(records.getLast()).extracting(CsvRecord::line).isEqualTo(3L);
  }

  @Test
  void tellsThePlaceOfEachRecordInBytes() throws IOException {
    assertThat(scan("\uFEFFä,b\r\nc,d\n"))
        .extracting(CsvRecord::offset)
        .containsExactly(3L, 3L + "ä,b\r\n".getBytes(UTF_8).length);
  }

  @Test
  void findsTheSameRecordsWhereverABufferEnds() throws IOException {
    String content = "12,\"two\nlines\",3.50\n".repeat(20_000);

    assertThat(scan(content))
        .hasSize(20_000)
        .allSatisfy(record -> assertThat(text(record)).isEqualTo("12,\"two\nlines\",3.50"));
  }

  private static List<CsvRecord> scan(String content) throws IOException {
    CsvScanner scanner = new CsvScanner(new ByteArrayInputStream(content.getBytes(UTF_8)));
    List<CsvRecord> records = new ArrayList<>();
    for (CsvRecord record = scanner.next(','); record != null; record = scanner.next(',')) {
      records.add(record);
    }
    return records;
  }

  private static String text(CsvRecord record) {
    return new String(record.bytes(), UTF_8);
  }
}
