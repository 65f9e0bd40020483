package dev.segue.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.sdk.Artifact;
import dev.segue.sdk.Artifacts;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepData.CopyResult;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.storage.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin's step may see and write. */
class PluginDataIT {

  private static final List<String> COLUMNS =
      List.of("site_id", "item_id", "name", "price", "currency", "known_at");

  private static DatabaseAddress address;
  private static Database database;
  private static PluginData data;

  @BeforeAll
  static void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults());
    data = new PluginData(new PluginRoles(database));
  }

  @AfterAll
  static void close() {
    data.close();
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void tellsNewFromAlteredFromUnchangedRows() throws SQLException {
    StepData writer = writer(null);
    Instant known = Instant.parse("2026-01-01T00:00:00Z");

    CopyResult first =
        load(writer, row("s1", "a", "Tea", "2.50", known), row("s1", "b", "O\t\\n\"", null, known));
    CopyResult second =
        load(
            writer,
            row("s1", "a", "Tea", "2.80", known),
            row("s1", "b", "O\t\\n\"", null, known),
            row("s1", "c", "twice", "1", known),
            row("s1", "c", "twice, later", "1", known));

    assertThat(first).isEqualTo(new CopyResult(2, 0, 0));
    assertThat(second).isEqualTo(new CopyResult(1, 1, 1));
    assertThat(names(writer, "s1")).containsExactly("Tea", "O\t\\n\"", "twice, later");
  }

  @Test
  void showsOnlyWhatWasKnownAtTheRunsNow() throws SQLException {
    load(
        writer(null),
        row("s2", "old", "old", "1", Instant.parse("2026-01-01T00:00:00Z")),
        row("s2", "new", "new", "1", Instant.parse("2026-03-01T00:00:00Z")));

    assertThat(names(writer(null), "s2")).containsExactlyInAnyOrder("old", "new");
    assertThat(names(reader(Instant.parse("2026-02-01T00:00:00Z")), "s2")).containsExactly("old");
  }

  @Test
  void refusesToWriteWhereAStepMayOnlyRead() {
    StepData reader = reader(null);

    assertThatThrownBy(() -> load(reader, row("s3", "a", "a", "1", Instant.EPOCH)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("may only read");
    assertThatThrownBy(() -> execute(reader, "insert into data.holiday values ('DE', now(), 'x')"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void keepsPluginsAwayFromTheServersTables() {
    assertThatThrownBy(() -> execute(writer(null), "select * from segue.account"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> execute(writer(null), "select * from data.item_row"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () ->
                writer(null)
                    .copyInto(
                        "segue.account", List.of("account_id"), Stream.<Object[]>of().iterator()))
        .hasMessageContaining("schema data");
  }

  @Test
  void cutsStatementsOffAtTheDeadline() {
    StepData hurried =
        data.open(new PluginDataRequest("shop", true, null, Instant.now().plusMillis(700)));

    assertThatThrownBy(() -> execute(hurried, "select pg_sleep(60)"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void leavesNothingBehindWhenARowIsRefused() throws SQLException {
    StepData writer = writer(null);

    assertThatThrownBy(
            () ->
                load(
                    writer,
                    row("s4", "a", "fine", "1", Instant.EPOCH),
                    row("s4", "b", "bad", "not a number", Instant.EPOCH)))
        .isInstanceOf(SQLException.class);

    assertThat(names(writer, "s4")).isEmpty();
  }

  @Test
  void keepsArtifactsByHashAndHidesLaterOnes(@TempDir Path spool) throws IOException {
    ArtifactStore store = new ArtifactStore(database, spool);
    Artifacts mine = store.of("shop", null, false);
    byte[] content = "x".repeat(3 * ArtifactStore.CHUNK + 5).getBytes(StandardCharsets.US_ASCII);

    Artifact stored = put(mine, content);
    Artifact again = put(mine, content);

    assertThat(again.sha256()).isEqualTo(stored.sha256());
    assertThat(mine.history("model/a", 10)).hasSize(1);
    try (InputStream in = mine.open(stored.sha256())) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(store.of("shop", Instant.EPOCH, true).history("model/a", 10)).isEmpty();
    assertThatThrownBy(() -> store.of("other", null, false).open(stored.sha256()))
        .hasMessageContaining("no artifact");
    assertThatThrownBy(() -> put(store.of("shop", null, true), content))
        .hasMessageContaining("may only read");
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void opensToOtherPluginsWhatIsStoredUnderASharedName(@TempDir Path spool) throws IOException {
    ArtifactStore store = new ArtifactStore(database, spool);
    byte[] content = "a chart".getBytes(StandardCharsets.US_ASCII);
    Artifact shared =
        store
            .of("shop", null, false)
            .put("shared/chart", "image/png", new ByteArrayInputStream(content), Map.of());

    try (InputStream in = store.of("other", null, true).open(shared.sha256())) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(store.of("other", null, true).history("shared/chart", 10)).isEmpty();
  }

  @Test
  void showsMetricsUpToTheRunsNowAndLetsNobodyWriteThem() throws SQLException {
    fill(
        "insert into data.metric (metric, title, unit) values ('seen', 'Seen', 'EUR');"
            + "insert into data.metric_series (metric, labels)"
            + " values ('seen', '{\"site\": \"s5\"}');"
            + "insert into data.metric_point (series_id, at, value)"
            + " select series_id, at, 1 from data.metric_series,"
            + " unnest(array['2026-01-01Z', '2026-03-01Z']::timestamptz[]) at"
            + " where metric = 'seen'");

    String points =
        "select count(*) from data.metric_history join data.metric_catalogue using (series_id)"
            + " where metric = 'seen' and unit = 'EUR' and site_id = 's5'";
    assertThat(number(reader(null), points)).isEqualTo(2);
    assertThat(number(reader(Instant.parse("2026-02-01T00:00:00Z")), points)).isEqualTo(1);
    for (String view : List.of("metric_history", "metric_catalogue", "applied_change")) {
      assertThatThrownBy(() -> execute(writer(null), "delete from data." + view))
          .hasMessageContaining("cannot delete from view");
    }
  }

  @Test
  void showsWhatWasAppliedWithoutTheTextsOfMessages() throws SQLException {
    fill(
        "insert into segue.change_set (set_id, step_type, plugin_id, plugin_version, site_id, mode,"
            + " title, hash, count, state, created_by) select id, 'a:b:1', 'a', '1', 's6', mode,"
            + " 't', 'h', 2, 'applied', 'ann' from (values"
            + " ('00000000-0000-0000-0000-00000000000a'::uuid, 'live'),"
            + " ('00000000-0000-0000-0000-00000000000b', 'simulated')) s (id, mode);"
            + "insert into segue.change (set_id, ordinal, content, state, finished_at)"
            + " select set_id, ordinal, content::jsonb, 'applied', '2026-02-01Z'"
            + " from segue.change_set, (values"
            + " (0, '{\"title\": \"b\", \"target\": {\"kind\": \"k\", \"id\": \"lunch\"},"
            + " \"before\": {\"budget\": 1}, \"after\": {\"budget\": 2, \"floor\": 0}}'),"
            + " (1, '{\"title\": \"m\", \"target\": {\"kind\": \"email\"},"
            + " \"before\": {}, \"after\": {\"text\": \"private\"}}')) c (ordinal, content)"
            + " where site_id = 's6'");

    String shown =
        "select count(*) from data.applied_change where site_id = 's6'"
            + " and not taken_back and after = case ordinal when 0 then '{\"budget\": 2}'::jsonb"
            + " else '{}' end";
    assertThat(number(reader(null), shown)).isEqualTo(2);
    assertThat(number(reader(Instant.parse("2026-01-01T00:00:00Z")), shown)).isZero();
  }

  private static void fill(String sql) {
    database.inTransaction(tx -> tx.execute(sql));
  }

  private static long number(StepData data, String sql) throws SQLException {
    try (Connection connection = data.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  private static Artifact put(Artifacts artifacts, byte[] content) throws IOException {
    return artifacts.put(
        "model/a", "application/octet-stream", new ByteArrayInputStream(content), Map.of("a", "b"));
  }

  private static StepData writer(Instant asOf) {
    return data.open(new PluginDataRequest("shop", false, asOf, Instant.now().plusSeconds(60)));
  }

  private static StepData reader(Instant asOf) {
    return data.open(new PluginDataRequest("shop", true, asOf, Instant.now().plusSeconds(60)));
  }

  private static Object[] row(String site, String item, String name, String price, Instant known) {
    return new Object[] {site, item, name, price, "EUR", known};
  }

  private static CopyResult load(StepData data, Object[]... rows) throws SQLException {
    return data.copyInto("data.item", COLUMNS, List.of(rows).iterator());
  }

  private static void execute(StepData data, String sql) throws SQLException {
    try (Connection connection = data.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> names(StepData data, String site) throws SQLException {
    try (Connection connection = data.dataSource().getConnection();
        var statement =
            connection.prepareStatement(
                "select array_agg(name order by item_id) from data.item where site_id = ?")) {
      statement.setString(1, site);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        var array = found.getArray(1);
        return array == null ? List.of() : List.of((String[]) array.getArray());
      }
    }
  }
}
