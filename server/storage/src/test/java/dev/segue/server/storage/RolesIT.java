package dev.segue.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.storage.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RolesIT {

  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static DatabaseAddress address;
  private static Database database;

  @BeforeAll
  static void open() {
    address = POSTGRES.migrated();
    database = Database.open(address, DatabaseSettings.defaults());
  }

  @AfterAll
  static void close() {
    database.close();
    POSTGRES.drop(address);
  }

  @Test
  void aPluginWorksInItsOwnSchemaAndThroughTheViewsOfBusinessData() throws SQLException {
    PluginRoles.Access access = new PluginRoles(database).ensure("bread-counter");

    assertThat(access.schema()).isEqualTo("plugin_bread_counter");
    run(access.writer(), "create table loaf (id int primary key, kind text)");
    run(access.writer(), "insert into loaf values (1, 'rye')");
    run(access.writer(), insertSite("bakery"));
    assertThat(ask(access.reader(), "select kind from loaf")).isEqualTo("rye");
    assertThat(ask(access.reader(), "select name from site where site_id = 'bakery'"))
        .isEqualTo("bakery");
  }

  @Test
  void aReaderChangesNothing() throws SQLException {
    PluginRoles.Access access = new PluginRoles(database).ensure("looker");
    run(access.writer(), "create table seen (id int)");

    refused(access.reader(), "insert into seen values (1)");
    refused(access.reader(), insertSite("other"));
    refused(access.reader(), "set default_transaction_read_only = off; " + insertSite("other"));
    refused(
        access.reader(), "set default_transaction_read_only = off; insert into seen values (1)");
    refused(access.reader(), "set default_transaction_read_only = off; create table x (id int)");
  }

  @Test
  void aPluginSeesNeitherTheServersTablesNorTheHistoryNorAnotherPlugin() throws SQLException {
    PluginRoles.Access one = new PluginRoles(database).ensure("one-plugin");
    PluginRoles.Access other = new PluginRoles(database).ensure("other-plugin");
    run(other.writer(), "create table secret (id int)");

    refused(one.writer(), "select * from segue.database_role");
    refused(one.writer(), "select * from segue.account");
    refused(one.writer(), "select * from history.record");
    refused(one.writer(), "select * from data.site_row");
    refused(one.writer(), "insert into data.site_row (site_id) values ('x')");
    refused(one.writer(), "select * from plugin_other_plugin.secret");
    refused(one.writer(), "create role intruder");
    refused(one.writer(), "set role segue");
  }

  @Test
  void theReaderOfOnePluginIsNeverTheWriterOfAnother() {
    PluginRoles roles = new PluginRoles(database);

    assertThat(roles.ensure("rss").reader().user())
        .isNotEqualTo(roles.ensure("rss-reader").writer().user());
  }

  @Test
  void askingAgainGivesTheSamePasswords() {
    PluginRoles.Access first = new PluginRoles(database).ensure("again");
    PluginRoles.Access second = new PluginRoles(database).ensure("again");

    assertThat(second).isEqualTo(first);
    assertThat(first.toString()).doesNotContain(first.writer().password());
    assertThatThrownBy(() -> new PluginRoles(database).ensure("../../x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theExporterAppendsRecordsAndDoesNothingElse() throws SQLException {
    DatabaseAddress exporter = new Roles(database).exporter();

    run(exporter, "select history.ensure_partition('2026-02-03')");
    run(exporter, insertRecord());
    assertThat(ask(exporter, "select intent from history.record")).isEqualTo("CREATED");

    refused(exporter, "delete from history.record");
    refused(exporter, "update history.record set intent = 'x'");
    refused(exporter, "select * from history.run");
    refused(exporter, "select * from segue.database_role");
    refused(exporter, "select * from data.site");
    refused(exporter, "create table history.mine (id int)");
    refused(exporter, "drop table history.record_20260203");
  }

  @Test
  void whereRolesMayNotBeMadeAnAdministratorIsToldWhatToRun() throws SQLException {
    DatabaseAddress superuser = POSTGRES.superuser(address);
    run(superuser, "drop role if exists tenant");
    run(superuser, "create role tenant login password 'tenant' in role segue");
    DatabaseAddress tenant = address.as("tenant", "tenant");
    try (Database limited = Database.open(tenant, DatabaseSettings.defaults())) {
      assertThatThrownBy(() -> new PluginRoles(limited).ensure("by-hand"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("CREATE ROLE \"plugin_by_hand\" LOGIN")
          .hasMessageContaining("SCRAM-SHA-256$")
          .satisfies(
              fault -> {
                String told = fault.getMessage();
                run(superuser, told.substring(told.indexOf("CREATE ROLE \"")));
              });
      assertThatThrownBy(() -> new PluginRoles(limited).ensure("by-hand"))
          .isInstanceOf(StorageException.class)
          .satisfies(
              fault -> {
                String told = fault.getMessage();
                run(superuser, told.substring(told.indexOf("CREATE ROLE \"")));
              });

      PluginRoles.Access access = new PluginRoles(limited).ensure("by-hand");

      assertThat(ask(access.reader(), "select count(*)::text from site")).isNotNull();
    }
  }

  private static String insertSite(String id) {
    return "insert into data.site (site_id, name, zone, currency) values ('%s', '%s', 'UTC', 'EUR')"
        .formatted(id, id);
  }

  private static String insertRecord() {
    return """
    insert into history.record
      (day, engine_id, partition_id, position, written_at, value_type, intent, record_key, body)
    values ('2026-02-03', gen_random_uuid(), 1, 7, '2026-02-03T04:05:06Z', 'JOB', 'CREATED', 9, '{}')
    """;
  }

  private static void refused(DatabaseAddress address, String sql) {
    assertThatThrownBy(() -> run(address, sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .satisfies(
            fault -> assertThat(((SQLException) fault).getSQLState()).isIn("42501", "25006"));
  }

  private static void run(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }
}
