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
