package dev.segue.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresBinariesTest {

  @Test
  void looksForTheArchiveOfThisPlatform() {
    assertThat(PostgresBinaries.archiveFor("Linux", "amd64"))
        .isEqualTo("postgres-linux-x86_64.txz");
    assertThat(PostgresBinaries.archiveFor("Linux", "aarch64"))
        .isEqualTo("postgres-linux-arm_64.txz");
  }
}
