package dev.segue.server.storage;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The part of the database that one plugin sees: a schema of its own, the views of the schema
 * {@code data}, and two roles to sign in with. The writer makes and fills the plugin's tables and
 * may change business data through the views; the reader changes nothing.
 */
public final class PluginRoles {

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{2,40}");
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
  private static final String NO_RIGHT = "42501";

  private final Database database;
  private final Roles roles;

  /** Works on a migrated database. */
  public PluginRoles(Database database) {
    this.database = database;
    this.roles = new Roles(database);
  }

  /**
   * What a plugin signs in with.
   *
   * @param schema the plugin's own schema
   * @param writer the address for steps with an effect and for the plugin's migrations
   * @param reader the address for steps that may only read
   */
  public record Access(String schema, DatabaseAddress writer, DatabaseAddress reader) {}

  /**
   * Makes schema and roles where they are missing, and brings their rights up to the views that the
   * schema {@code data} has now. Call at each load of a plugin.
   *
   * @param pluginId a checked id: two to forty of {@code a-z}, {@code 0-9} and {@code -}
   * @throws StorageException if the database doesn't let Segue make roles, with the SQL to run
   */
  public Access ensure(String pluginId) {
    if (!ID.matcher(pluginId).matches()) {
      throw new IllegalArgumentException("not a plugin id: " + pluginId);
    }
    String schema = "plugin_" + pluginId.replace('-', '_');
    // No id contains a dollar sign, so the reader of "rss" never is the writer of "rss-reader".
    String reader = schema + "$reader";
    DatabaseAddress write = limited(roles.ensure(schema), schema, "");
    DatabaseAddress read =
        limited(roles.ensure(reader), schema, " -c default_transaction_read_only=on");
    try {
      database.inTransaction(context -> grant(context, schema, reader));
    } catch (DataAccessException e) {
      throw NO_RIGHT.equals(e.sqlState()) ? notAllowed(schema, reader, e) : e;
    }
    return new Access(schema, write, read);
  }

  private static void grant(DSLContext context, String writer, String reader) {
    String schema = Roles.quoted(writer);
    String write = Roles.quoted(writer);
    String read = Roles.quoted(reader);
    context.execute("select pg_advisory_xact_lock(hashtext('segue.database_role'))");
    if (!isMember(context, writer)) {
      // Segue backs up, restores and removes what the plugin's writer made.
      context.execute("grant " + write + " to current_user");
    }
    context.execute("create schema if not exists " + schema);
    context.execute("grant usage, create on schema " + schema + " to " + write);
    context.execute("grant usage on schema " + schema + ", data to " + read);
    context.execute("grant usage on schema data to " + write);
    context.execute("grant select on all tables in schema " + schema + " to " + read);
    context.execute(
        "alter default privileges for role "
            + write
            + " in schema "
            + schema
            + " grant select on tables to "
            + read);
    for (String view : views(context)) {
      context.execute("grant select on data." + view + " to " + read);
      context.execute("grant select, insert, update, delete on data." + view + " to " + write);
    }
  }

  /** The address with what each connection of the role starts with. */
  private static DatabaseAddress limited(DatabaseAddress address, String schema, String more) {
    String millis = Long.toString(STATEMENT_TIMEOUT.toMillis());
    String options =
        "-c statement_timeout="
            + millis
            + " -c idle_in_transaction_session_timeout="
            + millis
            + " -c lock_timeout="
            + LOCK_TIMEOUT.toMillis()
            + more;
    return address
        .with("currentSchema", schema + ",data")
        .with("options", options)
        .with("socketTimeout", Long.toString(STATEMENT_TIMEOUT.plus(Sessions.GRACE).toSeconds()));
  }

  private static List<String> views(DSLContext context) {
    return context
        .fetch("select quote_ident(viewname) from pg_views where schemaname = 'data'")
        .getValues(0, String.class);
  }

  private static boolean isMember(DSLContext context, String role) {
    return context
        .fetchSingle("select pg_has_role(current_user, ?::name, 'USAGE')", role)
        .get(0, Boolean.class);
  }

  private StorageException notAllowed(String schema, String reader, DataAccessException cause) {
    String owner = Roles.quoted(database.address().user());
    return new StorageException(
        "The database at "
            + database.address().url()
            + " doesn't let Segue prepare the schema "
            + schema
            + ". Have an administrator run: GRANT "
            + Roles.quoted(schema)
            + ", "
            + Roles.quoted(reader)
            + " TO "
            + owner
            + "; ALTER ROLE "
            + owner
            + " CREATEROLE;",
        cause);
  }
}
