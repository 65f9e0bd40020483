package dev.segue.plugins.posfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.sdk.StepError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderListingIT {

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectories(parent.resolve("sales"));
    Files.createDirectories(folder.resolve("2026"));
    for (String name :
        new String[] {"b.csv", "a.csv", "a.csv.gz", ".hidden.csv", "c.csv.part", "2026/d.csv"}) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.writeString(parent.resolve("secret.csv"), "x");
    Files.createSymbolicLink(folder.resolve("link.csv"), parent.resolve("secret.csv"));
  }

  @Test
  void findsWholeFilesInTheOrderOfTheirNames() throws IOException {
    assertThat(new FolderListing(folder).find("*.{csv,csv.gz}"))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("a.csv", "a.csv.gz", "b.csv");
    assertThat(new FolderListing(folder).find("2026/*.csv")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.csv", "/etc/passwd", "x/../../secret.csv", "..\\secret.csv"})
  void neverLeavesTheFolder(String pattern) {
    assertThatThrownBy(() -> new FolderListing(folder).find(pattern))
        .isInstanceOfSatisfying(
            StepError.class, error -> assertThat(error.code()).isEqualTo("SALES_FILE_PATTERN"));
  }

  @Test
  void followsNoLinks() throws IOException {
    assertThat(new FolderListing(folder).find("link.csv")).isEmpty();
  }

  @Test
  void saysSoWhenTheFolderIsGone() {
    assertThatThrownBy(() -> new FolderListing(parent.resolve("gone")).find("*"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("mounted");
  }
}
