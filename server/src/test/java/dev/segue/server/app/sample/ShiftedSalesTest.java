package dev.segue.server.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftedSalesTest {

  @TempDir Path folder;

  @Test
  void movesByWholeWeeksAndEndsYesterday() throws IOException {
    Path compressed = folder.resolve("orders.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      String lines =
          "id,date,time,name\n1,2015-10-26,12:00:00,a\n2,2015-10-27,12:00:00,b\n"
              + "3,2015-10-28,12:00:00,c\n4,2015-10-31,12:00:00,d\n";
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    Path target = folder.resolve("orders.csv");
    LocalDate tuesday = LocalDate.of(2026, 11, 17);

    ShiftedSales.write(compressed, target, tuesday);

    assertThat(Files.readAllLines(target))
        .isEqualTo(
            List.of("id,date,time,name", "1,2026-11-16,12:00:00,a", "2,2026-11-17,12:00:00,b"));
    assertThat(LocalDate.of(2026, 11, 16).getDayOfWeek())
        .isEqualTo(LocalDate.of(2015, 10, 26).getDayOfWeek());
  }
}
