package dev.segue.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authors have the Javadoc alone: it leaves nothing out, and its links lead somewhere. */
class DocumentationTest {

  @TempDir private Path site;

  @Test
  void everythingThatIsPublicIsDocumented() throws Exception {
    DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
    StringWriter problems = new StringWriter();
    try (StandardJavaFileManager files = javadoc.getStandardFileManager(null, null, UTF_8);
        Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(java).hasSizeGreaterThan(30);

      boolean done =
          javadoc
              .getTask(
                  problems,
                  files,
                  null,
                  null,
                  List.of(
                      "-quiet",
                      "-Xdoclint:all",
                      "-Xmaxwarns",
                      "1000",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      site.toString()),
                  files.getJavaFileObjectsFromPaths(java))
              .call();

      assertThat(done).as(problems.toString()).isTrue();
    }
    assertThat(problems.toString().toLowerCase(Locale.ROOT)).doesNotContain("warning:", "error:");
    assertThat(site.resolve("dev/segue/sdk/package-summary.html")).exists();
  }
}
