package dev.segue.server.app.sample;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.zip.GZIPInputStream;

/**
 * Writes the sample's sales as a till would have exported them until yesterday: dates move by whole
 * weeks, so that weekdays keep their character, and what would lie after yesterday is left out.
 */
final class ShiftedSales {

  private static final LocalDate LAST_DAY = LocalDate.of(2015, 10, 31);
  private static final int DATE_COLUMN = 1;

  private ShiftedSales() {}

  /** Replaces the target in one step, so that a reader never sees half of it. */
  static void write(Path compressed, Path target, LocalDate yesterday) throws IOException {
    long weeks = Math.ceilDiv(ChronoUnit.DAYS.between(LAST_DAY, yesterday), 7L);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(compressed)),
                    StandardCharsets.UTF_8));
        BufferedWriter out = Files.newBufferedWriter(part)) {
      out.write(in.readLine());
      out.write('\n');
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split(",", -1);
        LocalDate date = LocalDate.parse(fields[DATE_COLUMN]).plusWeeks(weeks);
        if (!date.isAfter(yesterday)) {
          fields[DATE_COLUMN] = date.toString();
          out.write(String.join(",", fields));
          out.write('\n');
        }
      }
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
