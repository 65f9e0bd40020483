package dev.segue.plugins.posfiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.plugins.posfiles.layout.Layout;
import dev.segue.plugins.posfiles.layout.LineOutcome;
import dev.segue.plugins.posfiles.layout.LineReader;
import dev.segue.plugins.posfiles.layout.Preset;
import dev.segue.plugins.posfiles.layout.SalesLine;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.lang.ref.Reference;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesFilesIT {

  private static final Site SITE =
      new Site(
          "pizza",
          "Pizza",
          ZoneId.of("America/New_York"),
          Currency.getInstance("USD"),
          LocalTime.of(4, 0),
          Map.of());
  private static final LineReader.Place PLACE =
      new LineReader.Place(SITE.zone(), SITE.currency(), Map.of());
  private static final Layout LAYOUT = Preset.PIZZA_PLACE.layout();
  private static final String HEADINGS = "id,date,time,name,size,type,price\n";

  @TempDir private Path folder;

  @Test
  void knowsGzipByItsContentAndTheBusinessDayByItsEnd() throws IOException {
    Path file = folder.resolve("sales.csv");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADINGS + "1,2015-01-02,03:59:00,greek,M,classic,16\n").getBytes(UTF_8));
    }

    FileSurvey survey = survey(file);

    assertThat(survey.accepted()).isEqualTo(1);
    assertThat(survey.first()).isEqualTo("2015-01-01");
    assertThat(survey.sha256()).isEqualTo(SalesFile.sha256(file, bytes -> {}));
  }

  @Test
  void readsTheWholeFileAsWindows1252IfOneLineIsNotUtf8() throws IOException {
    Path file = folder.resolve("sales.csv");
    String lines =
        HEADINGS
            + "1,2015-01-02,12:00:00,Greek,M,classic,16\n"
            + "1,2015-01-02,12:00:00,Brie Carré,S,supreme,23.65\n";
    Files.write(file, lines.getBytes(Charset.forName("windows-1252")));

    FileSurvey survey = survey(file);

    assertThat(survey.rejected()).isZero();
    assertThat(survey.charset()).isEqualTo(Charset.forName("windows-1252"));
    assertThat(survey.items().values())
        .extracting(SalesLine::itemName)
        .containsExactly("Greek M", "Brie Carré S");
  }

  @Test
  void countsWhatItCannotReadAndSaysWhy() throws IOException {
    Path file = folder.resolve("sales.csv");
    Files.writeString(
        file,
        HEADINGS
            + "1,2015-01-02,12:00:00,greek,M,classic,16\n"
            + "1,2015-01-32,12:00:00,greek,M,classic,16\n"
            + "1,2015-01-02,12:00:00,greek,M,classic,a lot\n"
            + "\n"
            + "1,2015-01-02,12:0");

    FileSurvey survey = survey(file);

    assertThat(survey.accepted()).isEqualTo(1);
    assertThat(survey.rejected()).isEqualTo(2);
    assertThat(survey.rejectedPercent()).isEqualByComparingTo("66.67");
    assertThat(survey.incomplete()).isTrue();
    assertThat(survey.samples()).extracting(LineOutcome.Rejected::number).containsExactly(3L, 4L);
    assertThat(survey.samples().getFirst().raw()).startsWith("1,2015-01-32");
  }

  @Test
  void refusesAGzipFileThatWasCutOff() throws IOException {
    Path file = folder.resolve("sales.csv.gz");
    write(file, 5_000);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> survey(file))
        .isInstanceOf(StepError.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("sales.csv"));

    assertThatThrownBy(() -> survey(file))
        .isInstanceOf(StepError.class)
        .hasMessageContaining("empty");
  }

  @Test
  void endsALoadIfTheFileGrewSinceItWasSurveyed() throws IOException {
    Path file = folder.resolve("sales.csv");
    Files.writeString(file, HEADINGS + "1,2015-01-02,12:00:00,greek,M,classic,16\n");
    FileSurvey survey = survey(file);
    Files.writeString(file, Files.readString(file) + "2,2015-01-02,12:00:00,greek,M,classic,16\n");

    try (SalesFile open = open(file)) {
      SalesRows rows = new SalesRows(open, "sales.csv", survey.sha256(), line -> new Object[0]);
      assertThatThrownBy(() -> rows.forEachRemaining(row -> {})).isInstanceOf(RetryLater.class);
    }
  }

  @Test
  void keepsAlmostNothingOfAMillionLines() throws IOException {
    Path file = folder.resolve("sales.csv.gz");
    write(file, 1_000_000);
    long before = retained();
    FileSurvey survey = survey(file);
    long rows = 0;
    long most = 0;
    try (SalesFile open = open(file)) {
      SalesRows pass =
          new SalesRows(
              open,
              "sales.csv",
              survey.sha256(),
              line -> line instanceof LineOutcome.Accepted ? new Object[] {line} : null);
      while (pass.hasNext()) {
        pass.next();
        rows++;
        if (rows % 250_000 == 0) {
          most = Math.max(most, retained() - before);
        }
      }
      Reference.reachabilityFence(pass);
    }

    assertThat(rows).isEqualTo(1_000_000);
    assertThat(most).as("bytes kept during a pass").isLessThan(10_000_000);
  }

  private static long retained() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void write(Path file, int lines) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), UTF_8))) {
      out.write(HEADINGS);
      for (int i = 0; i < lines; i++) {
        int order = i / 10;
        out.write(
            order
                + ",2015-01-02,12:"
                + (order % 60 < 10 ? "0" : "")
                + (order % 60)
                + ":00,pizza_"
                + (i % 50)
                + ",M,classic,16.50\n");
      }
    }
  }

  private static SalesFile open(Path file) throws IOException {
    return SalesFile.open(file, "sales.csv", LAYOUT, UTF_8, PLACE, bytes -> {});
  }

  private static FileSurvey survey(Path file) throws IOException {
    return FileSurvey.of(file, "sales.csv", LAYOUT, PLACE, SITE, bytes -> {});
  }
}
