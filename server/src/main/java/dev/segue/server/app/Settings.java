package dev.segue.server.app;

import dev.segue.bpmn.engine.zeebe.EngineSettings;
import dev.segue.server.http.ApiServerSettings;
import dev.segue.server.notices.NoticeSettings;
import dev.segue.server.storage.DatabaseAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this server is configured: by {@code segue.yaml} in the home folder, by environment variables
 * {@code SEGUE_…}, and by options of {@code segue up}, of which the later win.
 *
 * @param databaseConnections the most connections of this server
 * @param stepConcurrency how many steps of one plugin run at once
 * @param cpuThreads threads for steps that compute
 * @param unsignedInFolder whether a zip in the plugins folder may lack a signature
 * @param notices how people are told what waits for their approval
 * @param logLevel {@code error}, {@code warn}, {@code info} or {@code debug}
 * @param sample whether a new home folder gets the sample site and its first run
 */
public record Settings(
    Http http,
    DatabaseChoice database,
    int databaseConnections,
    EngineChoice engine,
    int stepConcurrency,
    int cpuThreads,
    boolean unsignedInFolder,
    NoticeSettings notices,
    String logLevel,
    boolean sample) {

  /**
   * The HTTP door.
   *
   * @param port 0 for any free one
   * @param secureCookies whether browsers reach Segue by HTTPS alone
   * @param publicUrl where browsers reach it, without a slash at its end; null for where it listens
   */
  public record Http(String host, int port, boolean secureCookies, @Nullable String publicUrl) {

    ApiServerSettings listen() {
      return new ApiServerSettings(host, port);
    }
  }

  /** Where the database is. */
  public sealed interface DatabaseChoice {

    /** In the home folder, run by this server. */
    record Embedded() implements DatabaseChoice {}

    /** A PostgreSQL server that somebody else runs. */
    record External(DatabaseAddress address) implements DatabaseChoice {}
  }

  /** Where the process engine is. */
  public sealed interface EngineChoice {

    /**
     * In the home folder, run by this server.
     *
     * @param heapMegabytes the broker's heap
     * @param openGateway whether Camunda's Modeler may deploy to it
     */
    record Embedded(int partitions, int heapMegabytes, boolean openGateway)
        implements EngineChoice {}

    /** A cluster that somebody else runs. */
    record External(EngineSettings settings) implements EngineChoice {}
  }

  /**
   * Reads the configuration.
   *
   * @param yaml the text of {@code segue.yaml}; empty if there is none
   * @param environment all environment variables
   * @param flags options by setting
   * @throws SettingsException that names all places with an unknown setting or a bad value
   */
  public static Settings read(
      String yaml, Map<String, String> environment, Map<String, String> flags)
      throws SettingsException {
    RawSettings raw = new RawSettings();
    raw.addYaml("segue.yaml", yaml);
    raw.addEnvironment(environment);
    raw.addFlags(flags);
    return new SettingsParser(raw).parse();
  }
}
