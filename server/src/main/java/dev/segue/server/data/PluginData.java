package dev.segue.server.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.segue.sdk.StepData;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.PluginRoles;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets the steps of plugins at business data and at their own tables, under the plugins' roles. Two
 * small pools per plugin, one that may write and one that may not, opened when first used.
 * Thread-safe.
 */
public final class PluginData implements AutoCloseable {

  private static final int CONNECTIONS = 6;
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMinutes(1);

  private record PoolKey(String pluginId, boolean readOnly) {}

  private final PluginRoles roles;
  private final Map<String, PluginRoles.Access> accesses = new ConcurrentHashMap<>();
  private final Map<PoolKey, HikariDataSource> pools = new ConcurrentHashMap<>();

  /**
   * Makes the access.
   *
   * @param roles makes the plugins' roles and schemas
   */
  public PluginData(PluginRoles roles) {
    this.roles = roles;
  }

  /**
   * Opens the data access of one attempt; connects only when the step asks for a connection.
   *
   * @param request whose and how
   * @return what the step sees
   */
  public StepData open(PluginDataRequest request) {
    return new SqlStepData(
        request, schema(request.pluginId()), () -> pool(request.pluginId(), request.readOnly()));
  }

  /**
   * Closes a plugin's connections, such as when it was removed.
   *
   * @param pluginId the plugin
   */
  public void forget(String pluginId) {
    accesses.remove(pluginId);
    for (boolean readOnly : new boolean[] {true, false}) {
      HikariDataSource pool = pools.remove(new PoolKey(pluginId, readOnly));
      if (pool != null) {
        pool.close();
      }
    }
  }

  @Override
  public void close() {
    pools.values().forEach(HikariDataSource::close);
    pools.clear();
  }

  private String schema(String pluginId) {
    return access(pluginId).schema();
  }

  private PluginRoles.Access access(String pluginId) {
    return accesses.computeIfAbsent(pluginId, roles::ensure);
  }

  private HikariDataSource pool(String pluginId, boolean readOnly) {
    return pools.computeIfAbsent(
        new PoolKey(pluginId, readOnly),
        key -> {
          PluginRoles.Access access = access(key.pluginId());
          return connect(key, key.readOnly() ? access.reader() : access.writer());
        });
  }

  private static HikariDataSource connect(PoolKey key, DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("plugin-" + key.pluginId() + (key.readOnly() ? "-reader" : "-writer"));
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.addDataSourceProperty("ApplicationName", "segue plugin " + key.pluginId());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(WAIT.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
