package dev.segue.server.plugins;

import dev.segue.server.events.Alarms;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.JSONB;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The shared list of plugin versions, in the table {@code segue.plugin_version}. */
final class PgPluginVersions implements PluginVersionStore {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final Audit audit;

  PgPluginVersions(Database database) {
    this.database = database;
    this.audit = new Audit(database);
  }

  @Override
  public List<PluginVersionRow> list() {
    return database
        .jooq()
        .fetch(
            """
            select plugin_id, version, sha256, state, source, descriptor, message, trust,
              installed_at, installed_by
            from segue.plugin_version order by plugin_id, version\
            """)
        .map(PgPluginVersions::row);
  }

  @Override
  public void save(PluginVersionRow row) {
    ObjectNode descriptor = JSON.createObjectNode();
    descriptor.put("provider", row.provider()).put("license", row.license());
    row.stepTypes().forEach(descriptor.putArray("stepTypes")::add);
    database
        .jooq()
        .execute(
            """
            insert into segue.plugin_version as p
              (plugin_id, version, sha256, state, source, descriptor, message, trust,
               installed_at, installed_by)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?::timestamptz, ?)
            on conflict (plugin_id, version) do update set
              sha256 = excluded.sha256, state = excluded.state, source = excluded.source,
              descriptor = excluded.descriptor, message = excluded.message, trust = excluded.trust,
              installed_at = excluded.installed_at, installed_by = excluded.installed_by\
            """,
            row.pluginId(),
            row.version(),
            row.sha256(),
            text(row.state()),
            text(row.source()),
            descriptor.toString(),
            row.message(),
            write(row.trust()).toString(),
            row.installedAt().toString(),
            row.installedBy());
  }

  @Override
  public void loaded(String pluginId, String version, List<String> stepTypes) {
    ArrayNode types = JSON.createArrayNode();
    stepTypes.forEach(types::add);
    database
        .jooq()
        .execute(
            """
            update segue.plugin_version set
              descriptor = jsonb_set(descriptor, '{stepTypes}', ?::jsonb),
              message = case state when 'refused' then '' else message end,
              state = case state when 'refused' then 'enabled' else state end
            where plugin_id = ? and version = ?\
            """,
            types.toString(),
            pluginId,
            version);
  }

  @Override
  public void delete(String pluginId, String version) {
    database
        .jooq()
        .execute(
            "delete from segue.plugin_version where plugin_id = ? and version = ?",
            pluginId,
            version);
  }

  @Override
  public boolean quarantine(
      String pluginId, String version, String reason, String by, boolean byHand) {
    String label = pluginId + " " + version;
    return database.transaction(
        tx -> {
          int changed =
              tx.execute(
                  """
                  update segue.plugin_version set state = 'quarantined', message = ?
                  where plugin_id = ? and version = ?
                    and (state = 'enabled' or ? and state <> 'removed')\
                  """,
                  reason,
                  pluginId,
                  version,
                  byHand);
          if (changed == 0) {
            return false;
          }
          Alarms.raise(
              tx,
              InstalledVersions.QUARANTINE_ALARM,
              label,
              "The plugin %s is quarantined: %s. Install a version that is mended; `segue plugins enable %s` lets this one serve again."
                  .formatted(label, reason, label));
          audit.record(
              tx,
              new AuditEntry(
                  by,
                  "plugin.quarantine",
                  "plugin",
                  pluginId,
                  Json.object().put("version", version).put("reason", reason)));
          return true;
        });
  }

  private static PluginVersionRow row(Record row) {
    JsonNode descriptor = JSON.readTree(row.get("descriptor", JSONB.class).data());
    List<String> stepTypes = new ArrayList<>();
    descriptor.path("stepTypes").forEach(type -> stepTypes.add(type.asString()));
    return new PluginVersionRow(
        row.get("plugin_id", String.class),
        row.get("version", String.class),
        row.get("sha256", String.class),
        PluginState.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
        PluginSource.valueOf(row.get("source", String.class).toUpperCase(Locale.ROOT)),
        stepTypes,
        descriptor.path("provider").asString(""),
        descriptor.path("license").asString(""),
        row.get("message", String.class),
        trust(JSON.readTree(row.get("trust", JSONB.class).data())),
        row.get("installed_at", OffsetDateTime.class).toInstant(),
        row.get("installed_by", String.class));
  }

  private static ObjectNode write(PluginTrust trust) {
    ObjectNode json = JSON.createObjectNode();
    return switch (trust) {
      case PluginTrust.SignedBy signed ->
          json.put("keyId", signed.keyId()).put("keyName", signed.keyName());
      case PluginTrust.AllowedBy allowed -> json.put("allowedBy", allowed.name());
      case PluginTrust.Unrecorded none -> json;
    };
  }

  private static PluginTrust trust(JsonNode json) {
    if (json.has("keyId")) {
      return new PluginTrust.SignedBy(
          json.path("keyId").asString(), json.path("keyName").asString());
    }
    return json.has("allowedBy")
        ? new PluginTrust.AllowedBy(json.path("allowedBy").asString())
        : new PluginTrust.Unrecorded();
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
