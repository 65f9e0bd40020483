package dev.segue.server.cli.authoring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of Maven's output what the author has to mend. */
final class BuildErrors {

  private static final Pattern COMPILER =
      Pattern.compile("\\[ERROR] (/.+?|[A-Za-z]:.+?):\\[(\\d+),(\\d+)] (?:error: )?(.*)");
  private static final Pattern ERROR = Pattern.compile("\\[ERROR]\\s?(.*)");
  private static final Pattern NOISE =
      Pattern.compile(
          "\\s*|-> \\[Help.*|\\[Help.*|To see the full stack.*|Re-run Maven.*"
              + "|For more information.*|COMPILATION ERROR :.*|.*Help 1.*"
              + "|After correcting the problems.*|  mvn <args>.*");
  private static final int MOST = 40;

  private BuildErrors() {}

  /**
   * Makes it readable: what the compiler says as {@code file:line: message}, else what Maven itself
   * says, without its advice.
   *
   * @param output what Maven printed
   * @param project below which file names are shown
   */
  static List<String> readable(String output, Path project) {
    Set<String> compiler = new LinkedHashSet<>();
    List<String> others = new ArrayList<>();
    boolean inMessage = false;
    for (String line : output.lines().toList()) {
      Matcher found = COMPILER.matcher(line);
      Matcher error = ERROR.matcher(line);
      if (found.matches()) {
        compiler.add(
            "%s:%s: %s".formatted(shown(found.group(1), project), found.group(2), found.group(4)));
        inMessage = true;
      } else if (error.matches()) {
        String text = error.group(1);
        if (inMessage && text.startsWith("  ") && !text.isBlank()) {
          compiler.add("  " + text.strip());
        } else {
          inMessage = false;
          if (!NOISE.matcher(text).matches()) {
            others.add(text);
          }
        }
      } else if (inMessage && line.startsWith("  ")) {
        compiler.add("  " + line.strip());
      } else {
        inMessage = false;
        others.add(line);
      }
    }
    List<String> lines = compiler.isEmpty() ? others : List.copyOf(compiler);
    return lines.isEmpty()
        ? List.of("Maven failed and said nothing.")
        : lines.stream().limit(MOST).toList();
  }

  private static String shown(String file, Path project) {
    Path path = Path.of(file);
    Path root = project.toAbsolutePath().normalize();
    return path.startsWith(root) ? root.relativize(path).toString() : file;
  }
}
