package dev.segue.plugins.campaignmodels.evaluate;

import dev.segue.plugins.campaignmodels.variants.Assessment;
import dev.segue.plugins.campaignmodels.variants.Comparison;
import dev.segue.plugins.campaignmodels.variants.Counts;
import dev.segue.plugins.campaignmodels.variants.Rule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares groups of real ads of which only totals are known: without days, without a verdict. */
final class AdTotals {

  private final Path folder;

  AdTotals(Path folder) {
    this.folder = folder;
  }

  void print(PrintStream out) throws IOException {
    Path file = file();
    out.printf(
        "%nReal ads, %s: totals without days, so that there is no evidence over time and no"
            + " verdict. Approved conversions per click%n%n",
        file.getFileName());
    out.println("| group | clicks | rate (95 % interval) | probability of being best |");
    out.println("| --- | --- | --- | --- |");
    for (String column : List.of("age", "gender")) {
      Map<String, Counts> groups = groups(file, column);
      List<Assessment> all =
          new Comparison(Rule.DEFAULT).compare(List.of(groups), groups.keySet().iterator().next());
      for (Assessment one : all) {
        out.printf(
            Locale.ROOT,
            "| %s %s | %d | %.2f %% (%.2f to %.2f) | %.3f |%n",
            column,
            one.variant(),
            one.counts().trials(),
            100 * one.rate(),
            100 * one.low(),
            100 * one.high(),
            one.probabilityBest());
      }
    }
  }

  private Path file() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "ads*.csv")) {
      for (Path file : files) {
        return file;
      }
    }
    throw new NoSuchFileException(folder.toString(), null, "it holds no ads*.csv");
  }

  private static Map<String, Counts> groups(Path file, String column) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> headings = Arrays.asList(lines.getFirst().split(",", -1));
    Map<String, Counts> groups = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      Map<String, String> fields = new HashMap<>();
      String[] values = line.split(",", -1);
      for (int i = 0; i < Math.min(values.length, headings.size()); i++) {
        fields.put(headings.get(i), values[i]);
      }
      long clicks = Long.parseLong(fields.getOrDefault("Clicks", "0"));
      long approved = Long.parseLong(fields.getOrDefault("Approved_Conversion", "0"));
      groups.merge(
          fields.getOrDefault(column, "-"),
          new Counts(clicks, Math.min(clicks, approved)),
          Counts::plus);
    }
    return groups;
  }
}
