package dev.segue.server.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SourceWatchTest {

  @TempDir Path folder;

  /** A change while nobody waits, as during a build, isn't lost. */
  @Test
  void tellsWhatChangedSinceTheLastTime() throws Exception {
    Path old = Files.writeString(folder.resolve("Old.java"), "class Old {}");
    Path gone = Files.writeString(folder.resolve("Gone.java"), "class Gone {}");
    Path pom = folder.resolveSibling(folder.getFileName() + "-pom.xml");
    SourceWatch watch = new SourceWatch(List.of(folder, pom));

    Files.writeString(old, "class Old { int more; }");
    Files.delete(gone);
    Path fresh = Files.createDirectories(folder.resolve("deep/er")).resolve("New.java");
    Files.writeString(fresh, "class New {}");
    assertThat(watch.awaitChange()).containsExactlyInAnyOrder(old, gone, fresh);

    Files.writeString(pom, "<project/>");
    try {
      assertThat(watch.awaitChange()).containsExactly(pom);
    } finally {
      Files.delete(pom);
    }
  }
}
