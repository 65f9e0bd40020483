package dev.segue.plugins.adsfiles.sample;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A command that writes made-up results of ads into a folder, and says that they are made up.
 *
 * <p>Usage: {@code MakeSample FOLDER [UNTIL [DAYS [SEED]]]}; until yesterday, 90 days and seed 1
 * unless given. Exit code 0, 1 (it failed) or 2 (wrong use).
 */
public final class MakeSample {

  private MakeSample() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, Clock.systemDefaultZone(), System.out, System.err));
  }

  static int run(String[] arguments, Clock clock, PrintStream out, PrintStream err) {
    if (arguments.length == 0) {
      err.println("name a folder: MakeSample FOLDER [UNTIL [DAYS [SEED]]]");
      return 2;
    }
    try {
      LocalDate until =
          arguments.length > 1 ? LocalDate.parse(arguments[1]) : LocalDate.now(clock).minusDays(1);
      int days = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 90;
      long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : 1;
      Path folder = Files.createDirectories(Path.of(arguments[0]));
      Path file = folder.resolve("ads-synthetic.csv");
      Files.writeString(file, new MadeUpAds(until, days, seed).csv());
      out.printf(
          "Wrote %s: synthetic results of 3 campaigns for %d days until %s, made with known effects"
              + " (docs/campaigns.md). They are nobody's real ads.%n",
          file, days, until);
      return 0;
    } catch (IllegalArgumentException | DateTimeException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("the sample can't be written: " + e.getMessage());
      return 1;
    }
  }
}
