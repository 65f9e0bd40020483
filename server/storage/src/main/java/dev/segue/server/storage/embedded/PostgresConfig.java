package dev.segue.server.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration that Segue writes into the data folder before each start: durable, on loopback,
 * by password, and modest in memory. An administrator's own settings go into {@code local.conf}
 * beside it, which is never touched.
 */
final class PostgresConfig {

  static final int MAX_CONNECTIONS = 120;

  private static final String ACCESS =
      """
      # Written by Segue at each start.
      # type  database  user  address       method
      host    all       all   127.0.0.1/32  scram-sha-256
      """;

  private final EmbeddedPostgresSettings settings;

  PostgresConfig(EmbeddedPostgresSettings settings) {
    this.settings = settings;
  }

  /** Whether the data folder holds just what {@link #write} would put there. */
  boolean isWritten(Path data, int port) {
    try {
      return Files.readString(data.resolve("postgresql.conf")).equals(text(port))
          && Files.readString(data.resolve("pg_hba.conf")).equals(ACCESS);
    } catch (IOException e) {
      return false;
    }
  }

  void write(Path data, int port) throws IOException {
    PostgresFolder.replace(data.resolve("postgresql.conf"), text(port));
    PostgresFolder.replace(data.resolve("pg_hba.conf"), ACCESS);
  }

  private String text(int port) {
    Map<String, String> values = new LinkedHashMap<>();
    connections(values, port);
    memory(values);
    durability(values);
    logging(values);
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(
            Collectors.joining(
                "\n",
                "# Written by Segue at each start. Put settings of your own into local.conf.\n",
                "\ninclude_if_exists = 'local.conf'\n"));
  }

  private static void connections(Map<String, String> values, int port) {
    values.put("listen_addresses", "'127.0.0.1'");
    values.put("port", Integer.toString(port));
    values.put("unix_socket_directories", "''");
    values.put("max_connections", Integer.toString(MAX_CONNECTIONS));
    values.put("password_encryption", "'scram-sha-256'");
    values.put("tcp_keepalives_idle", "60");
    values.put("timezone", "'UTC'");
    values.put("lc_messages", "'C'");
  }

  private static void memory(Map<String, String> values) {
    values.put("shared_buffers", "96MB");
    values.put("work_mem", "8MB");
    values.put("maintenance_work_mem", "64MB");
    values.put("effective_cache_size", "512MB");
    values.put("max_parallel_workers_per_gather", "1");
    values.put("io_workers", "2");
    values.put("jit", "off");
    values.put("autovacuum", "on");
  }

  private void durability(Map<String, String> values) {
    String flush = settings.durability() == Durability.FULL ? "on" : "off";
    values.put("fsync", flush);
    values.put("synchronous_commit", flush);
    values.put("full_page_writes", flush);
    values.put("max_wal_size", "1GB");
    values.put("checkpoint_timeout", "10min");
  }

  private void logging(Map<String, String> values) {
    values.put("logging_collector", "on");
    values.put("log_directory", quoted(logFolder(settings).toString()));
    values.put("log_filename", "'postgresql-%a.log'");
    values.put("log_file_mode", "0600");
    values.put("log_rotation_age", "1d");
    values.put("log_rotation_size", "0");
    values.put("log_truncate_on_rotation", "on");
    values.put("log_timezone", "'UTC'");
    values.put("log_line_prefix", "'%m [%p] %u@%d '");
    values.put("log_min_duration_statement", "10s");
  }

  /** The folder of PostgreSQL's logs alone. */
  static Path logFolder(EmbeddedPostgresSettings settings) {
    return settings.logs().toAbsolutePath().normalize().resolve("postgres");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
