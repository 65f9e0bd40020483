package dev.segue.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

  @Test
  void neverShowsThePassword() {
    DatabaseAddress address = DatabaseAddress.local(5432, "segue", "anna", "s3cret");

    assertThat(address).hasToString("anna:***@jdbc:postgresql://127.0.0.1:5432/segue");
  }

  @Test
  void refusesCredentialsInTheUrlWithoutRepeatingThem() {
    assertThatThrownBy(
            () -> new DatabaseAddress("jdbc:postgresql://db/segue?password=s3cret", "anna", ""))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("carries credentials")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refusesOtherDatabases() {
    assertThatThrownBy(() -> new DatabaseAddress("jdbc:mysql://db/segue", "anna", ""))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("jdbc:postgresql://");
  }

  @Test
  void addsParametersOfTheDriver() {
    DatabaseAddress address =
        DatabaseAddress.local(5432, "segue", "anna", "x").with("a", "1 2").with("b", "-c x=3");

    assertThat(address.url())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/segue?a=1%202&b=-c%20x%3D3");
  }
}
