package dev.segue.server.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuildErrorsTest {

  private static final Path PROJECT = Path.of("/work/bakery");

  @Test
  void showsWhatTheCompilerSaysAndNothingElse() {
    String output =
        """
        [ERROR] COMPILATION ERROR :\s
        [ERROR] /work/bakery/src/main/java/com/example/CountItems.java:[31,20] cannot find symbol
          symbol:   variable item
          location: class com.example.CountItems
        [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile (default-compile) on project bakery: Compilation failure
        [ERROR] /work/bakery/src/main/java/com/example/CountItems.java:[31,20] cannot find symbol
        [ERROR]   symbol:   variable item
        [ERROR]   location: class com.example.CountItems
        [ERROR] -> [Help 1]
        [ERROR]\s
        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        """;

    assertThat(BuildErrors.readable(output, PROJECT))
        .containsExactly(
            "src/main/java/com/example/CountItems.java:31: cannot find symbol",
            "  symbol:   variable item",
            "  location: class com.example.CountItems");
  }

  @Test
  void showsWhatMavenSaysWhereTheCompilerIsContent() {
    String output =
        """
        [ERROR] Failed to execute goal ...: The plugin 'bakery' breaks these rules:
          count-items: has no title
        [ERROR] -> [Help 1]
        [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
        """;

    assertThat(BuildErrors.readable(output, PROJECT))
        .containsExactly(
            "Failed to execute goal ...: The plugin 'bakery' breaks these rules:",
            "  count-items: has no title");
    assertThat(BuildErrors.readable("", PROJECT)).hasSize(1);
  }
}
