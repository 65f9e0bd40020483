package dev.segue.plugins.adsfiles.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.adsfiles.export.ExportFile;
import dev.segue.plugins.adsfiles.export.ExportFormat;
import dev.segue.plugins.adsfiles.export.ExportReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeSampleTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return MakeSample.run(
        arguments,
        CLOCK,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void writesAnExportThatReadsWithoutAnyComplaintAndSaysThatItIsSynthetic(@TempDir Path folder)
      throws Exception {
    assertThat(run(folder.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("synthetic", "2026-11-20");
    ExportFile file =
        new ExportReader(
                new ExportFormat(List.of(), false, List.of(), ZoneOffset.UTC, "EUR"),
                CLOCK.instant())
            .read(folder.resolve("ads-synthetic.csv"), "ads-synthetic.csv");
    assertThat(file.rejected()).isEmpty();
    assertThat(file.lines()).hasSize(90 * 3 * 2 * 4);
  }

  @Test
  void isTheSameForTheSameSeed() {
    LocalDate until = LocalDate.parse("2026-11-20");
    assertThat(new MadeUpAds(until, 10, 4).csv())
        .isEqualTo(new MadeUpAds(until, 10, 4).csv())
        .isNotEqualTo(new MadeUpAds(until, 10, 5).csv());
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("x", "soon")).isEqualTo(2);
    assertThat(run("x", "2026-11-20", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("name a folder", "soon", "1 to 3650");
  }
}
