package dev.segue.server.plugins;

import dev.segue.server.storage.PluginRoles;
import dev.segue.server.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a plugin's schema up to date by the SQL migrations in its zip. They run as the plugin's
 * own role, so that they can't touch what isn't the plugin's. Thread-safe.
 */
public final class PluginMigrations implements PluginSchema {

  private static final String RECORD = "schema_version";

  private final PluginRoles roles;

  /** Makes roles and schemas by these. */
  public PluginMigrations(PluginRoles roles) {
    this.roles = roles;
  }

  @Override
  public void prepare(String pluginId, Path migrations) {
    PluginRoles.Access access = roles.ensure(pluginId);
    if (!Files.isDirectory(migrations)) {
      return;
    }
    try {
      Flyway.configure(PluginMigrations.class.getClassLoader())
          .dataSource(access.writer().url(), access.writer().user(), access.writer().password())
          .locations("filesystem:" + migrations.toAbsolutePath())
          .defaultSchema(access.schema())
          .createSchemas(false)
          .table(RECORD)
          .validateMigrationNaming(true)
          // After a rollback to an older version, the newer one's migrations are there but unknown.
          .ignoreMigrationPatterns("*:missing", "*:future")
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StorageException(
          "a migration failed in the schema "
              + access.schema()
              + ", which was left as it was: "
              + e.getMessage(),
          e);
    }
  }
}
