package dev.segue.server.storage;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the schema that this version of Segue knows. */
public final class Migrations {

  /** The schema of the server's own tables, which also holds the record of migrations. */
  public static final String SCHEMA = "segue";

  /** The table in which Flyway records what it did. */
  public static final String RECORD = "schema_version";

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final String LOCATION = "classpath:db/migration";
  private static final int CONNECT_RETRIES = 5;

  private Migrations() {}

  /**
   * Applies what is missing, in order. Servers that start at the same time wait for each other.
   *
   * @param address the database, for the role that owns the schemas
   * @throws StorageException if a newer Segue has migrated it already, or if a migration fails; a
   *     failed one leaves nothing behind
   */
  public static void migrate(DatabaseAddress address) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(address.url(), address.user(), address.password())
            .locations(LOCATION)
            .defaultSchema(SCHEMA)
            .createSchemas(true)
            .table(RECORD)
            .connectRetries(CONNECT_RETRIES)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load();
    try {
      refuseNewer(flyway, address);
      int applied = flyway.migrate().migrationsExecuted;
      if (applied > 0) {
        log.info("Brought the database to its current schema by {} migrations", applied);
      }
    } catch (FlywayException e) {
      throw new StorageException(
          "The database at "
              + address.url()
              + " could not be brought to this version's schema, and was left as it was: "
              + e.getMessage(),
          e);
    }
  }

  private static void refuseNewer(Flyway flyway, DatabaseAddress address) {
    MigrationInfo[] all = flyway.info().all();
    Optional<MigrationVersion> known = newest(all, true);
    Optional<MigrationVersion> applied = newest(all, false);
    if (applied.isPresent() && (known.isEmpty() || applied.get().compareTo(known.get()) > 0)) {
      throw new StorageException(
          "The database at "
              + address.url()
              + " was migrated to schema "
              + applied.get()
              + " by a newer Segue; this one knows schemas up to "
              + known.map(MigrationVersion::toString).orElse("none")
              + ". Start the newer Segue, or restore a backup made with this one.");
    }
  }

  private static Optional<MigrationVersion> newest(MigrationInfo[] all, boolean known) {
    return Arrays.stream(all)
        .filter(info -> info.getVersion() != null)
        .filter(info -> known ? info.getState().isResolved() : info.getState().isApplied())
        .map(MigrationInfo::getVersion)
        .max(Comparator.naturalOrder());
  }
}
