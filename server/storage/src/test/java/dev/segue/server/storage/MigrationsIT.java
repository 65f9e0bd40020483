package dev.segue.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.storage.testing.TestPostgres;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsIT {

  private final TestPostgres postgres = TestPostgres.shared();
  private DatabaseAddress address;

  @BeforeEach
  void create() {
    address = postgres.empty();
  }

  @AfterEach
  void drop() {
    postgres.drop(address);
  }

  @Test
  void makesTheSchemasOnceAlsoWhenServersStartTogether() {
    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> Migrations.migrate(address));
    CompletableFuture<Void> two = CompletableFuture.runAsync(() -> Migrations.migrate(address));
    CompletableFuture.allOf(one, two).join();
    Migrations.migrate(address);

    try (Database database = Database.open(address, DatabaseSettings.defaults())) {
      assertThat(
              database.jooq().fetch("select nspname from pg_namespace").getValues(0, String.class))
          .contains("segue", "history", "data");
    }
  }

  @Test
  void leavesADatabaseOfANewerSegueAlone() {
    Migrations.migrate(address);
    try (Database database = Database.open(address, DatabaseSettings.defaults())) {
      database
          .jooq()
          .execute(
              "insert into segue.schema_version select 99999, '99999', 'from the future', type,"
                  + " 'V99999__from_the_future.sql', checksum, installed_by, now(), 1, true"
                  + " from segue.schema_version where version = '001'");
    }

    assertThatThrownBy(() -> Migrations.migrate(address))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("by a newer Segue")
        .hasMessageContaining("99999");
  }

  @Test
  void theOwnerNeedsNoSuperuser() {
    assertThatCode(() -> Migrations.migrate(address)).doesNotThrowAnyException();
    try (Database database = Database.open(address, DatabaseSettings.defaults())) {
      assertThat(
              database
                  .jooq()
                  .fetchSingle("select rolsuper from pg_roles where rolname = current_user")
                  .get(0))
          .isEqualTo(false);
    }
  }
}
