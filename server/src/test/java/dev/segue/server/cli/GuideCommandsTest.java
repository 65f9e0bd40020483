package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that the authors' guide shows are there, with these options. */
class GuideCommandsTest {

  private static final Pattern BLOCK =
      Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void everyCommandOfTheGuideIsUnderstood() throws IOException {
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(10);
    for (String command : commands) {
      CommandLine line = new Shell(folder).commandLine();
      assertThat(understood(line, words(command))).as(command).isEqualTo(CommandLine.ExitCode.OK);
    }
  }

  /** Parses without running anything. */
  private static int understood(CommandLine line, List<String> words) {
    return line.setExecutionStrategy(parsed -> CommandLine.ExitCode.OK)
        .execute(words.toArray(String[]::new));
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.split(" #", -1)[0].substring("segue ".length()));
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> pages = Files.list(guide())) {
      for (Path page : pages.sorted().toList()) {
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
          block.group(1).lines().filter(line -> line.startsWith("segue ")).forEach(commands::add);
        }
      }
    }
    return commands;
  }

  /** The tests run in the module's folder, or in the project's. */
  private static Path guide() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("docs/plugins"))) {
      here = here.getParent();
    }
    return here.resolve("docs/plugins");
  }
}
