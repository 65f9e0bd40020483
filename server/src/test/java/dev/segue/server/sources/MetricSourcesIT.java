package dev.segue.server.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.connections.ConnectionTraffic;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.PluginData;
import dev.segue.server.data.metrics.MetricLimits;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.http.Operation;
import dev.segue.server.people.People;
import dev.segue.server.plugins.ArchiveLimits;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginMigrations;
import dev.segue.server.plugins.PluginZip;
import dev.segue.server.plugins.PluginsSettings;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.steps.StepContexts;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Points fetched by queries and by a plugin in its class loader, on a real database, by the API.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricSourcesIT {

  private static final String REVENUE =
      """
      select date_trunc('hour', l.ordered_at) as time, sum(l.net_amount) as value, l.site_id as site
      from data.sales_line l
      where l.ordered_at >= date_trunc('hour', :from) and l.ordered_at < :to
      group by 1, 3;
      """;

  private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private final PluginCalls calls = new PluginCalls(Duration.ofSeconds(1));
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile Instant now = hour.plus(Duration.ofMinutes(10));
  private TestDoor door;
  private ApiClient admin;
  private PluginHost plugins;
  private MetricSources sources;
  private MetricSources other;

  @BeforeAll
  void open(@TempDir Path temp) {
    door = TestDoor.open((database, people) -> operations(temp, database, people));
    admin = door.admin();
    zip().build(temp.resolve("plugins/tills.zip"));
    plugins.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> plugins.with("tills", plugin -> true).isPresent());
  }

  @AfterAll
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    door.close();
  }

  private List<Operation> operations(Path temp, Database database, People people) {
    try {
      Files.createDirectories(temp.resolve("plugins"));
      PluginRoles roles = new PluginRoles(database);
      plugins =
          PluginHost.of(
              new PluginsSettings(
                  temp.resolve("plugins"),
                  temp.resolve("none"),
                  temp.resolve("work"),
                  ArchiveLimits.DEFAULTS,
                  Duration.ofMillis(200),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(5)),
              database,
              new PluginMigrations(roles),
              Map::of,
              calls);
      open.add(calls);
      open.add(plugins);
      Connections connections =
          new Connections(
              database,
              new SecretStore(SecretKeyFile.openOrCreate(temp)),
              plugins.connectionTypes());
      PluginData data = new PluginData(roles);
      open.add(data);
      ConnectionTraffic traffic = new ConnectionTraffic(database, Clock.systemUTC());
      open.add(traffic);
      StepContexts contexts =
          new StepContexts(
              connections,
              data,
              new ArtifactStore(database, temp.resolve("spool")),
              (run, element, fraction, text) -> {},
              traffic,
              Clock.systemUTC());
      open.add(contexts);
      MetricStore store = new MetricStore(database, MetricLimits.defaults(), () -> now);
      MetricSources.Ground ground =
          new MetricSources.Ground(database, store, people.audit(), () -> now);
      MetricSources.Plugins code =
          new MetricSources.Plugins(
              plugins, new StepInvoker(calls, Clock.systemUTC()), contexts, connections);
      sources = new MetricSources(ground, code);
      other = new MetricSources(ground, code);
      return sources.operations();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aQueryIsReadOnItsScheduleAndWhatCameLateCountsOnce() throws Exception {
    site("cafe");
    sale("cafe", "a", hour.minus(Duration.ofMinutes(50)), 10);
    sale("cafe", "b", hour.minus(Duration.ofMinutes(20)), 5);
    Map<String, Object> written = sql("revenue_hourly", REVENUE);
    written.put("unit", "EUR");
    written.put("title", "Revenue");
    written.put("description", "Net, per site and hour");
    written.put("lookback", "PT6H");
    JsonNode made = admin.put("/metric-sources/revenue", written).expect(201);
    assertThat(made.path("kind").asString()).isEqualTo("sql");
    assertThat(made.at("/sql/timeout").asString()).isEqualTo("PT30S");

    // Two servers look at once: one of them fetches.
    try (ExecutorService servers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> looks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        MetricSources one = i % 2 == 0 ? sources : other;
        looks.add(servers.submit(() -> one.collector().collectDue()));
      }
      for (Future<?> look : looks) {
        look.get();
      }
    }
    JsonNode last = admin.get("/metric-sources/revenue").expect(200);
    assertThat(last.at("/last/points").asInt()).isEqualTo(1);
    assertThat(last.at("/last/error").isMissingNode()).isTrue();
    assertThat(last.path("collectedTo").asString()).isEqualTo(now.toString());
    assertThat(last.path("nextAt").asString())
        .isEqualTo(hour.plus(Duration.ofMinutes(15)).toString());
    assertThat(values("revenue_hourly")).containsExactly("cafe 15.0");
    JsonNode metric = admin.get("/metrics/revenue_hourly").expect(200);
    assertThat(metric.path("unit").asString()).isEqualTo("EUR");
    assertThat(metric.path("title").asString()).isEqualTo("Revenue");
    assertThat(metric.path("description").asString()).isEqualTo("Net, per site and hour");

    // What came late changes the hour that it belongs to; servers that were off catch up once.
    sale("cafe", "late", hour.minus(Duration.ofMinutes(30)), 1);
    now = hour.plus(Duration.ofHours(3)).plusSeconds(1);
    sources.collector().collectDue();
    JsonNode again = admin.get("/metric-sources/revenue").expect(200);
    assertThat(again.at("/last/from").asString())
        .isEqualTo(hour.plus(Duration.ofMinutes(10)).minus(Duration.ofHours(6)).toString());
    assertThat(values("revenue_hourly")).containsExactly("cafe 16.0");
    assertThat(again.path("nextAt").asString())
        .isEqualTo(hour.plus(Duration.ofHours(3)).plus(Duration.ofMinutes(15)).toString());
    now = hour.plus(Duration.ofMinutes(10));
  }

  @Test
  void aServerThatDiedIsTakenOverWhenItsLeaseIsOver() {
    admin.put("/metric-sources/orphan", sql("orphaned", one("1.0"))).expect(201);
    door.database()
        .jooq()
        .execute(
            "update segue.metric_source set lease = ?, lease_until = ?::timestamptz"
                + " where source_id = 'orphan'",
            UUID.randomUUID(),
            now.plusSeconds(60).toString());
    sources.collector().collectDue();
    assertThat(admin.get("/metric-sources/orphan").expect(200).has("last")).isFalse();
    admin.post("/metric-sources/orphan/collect", Map.of()).problem(409, "conflict");
    Instant before = now;
    now = now.plusSeconds(61);
    sources.collector().collectDue();
    assertThat(admin.get("/metric-sources/orphan").expect(200).at("/last/points").asInt()).isOne();
    now = before;
  }

  /** Each is refused before it is kept; what is behind the bar must be part of the reason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delete from data.site returning now() as time, 1 as value | syntax error",
        "with d as (delete from data.site returning 1) select now() as time, 1 as value | top level",
        "select now() as time, 1 as value; select 2 | more than one statement",
        "select now() as time, 1 as value from (select pg_sleep(1)) s | pg_sleep",
        "select now() as time, 1 as value from (select U&\"pg\\005fsleep\"(1)) s | as U&",
        "select now() as time, (select count(pg_advisory_lock(1))) as value | pg_advisory_lock",
        "select now() as time, length(pg_read_file('/etc/hostname')) as value | pg_read_file",
        "select now() as time, lo_creat(-1)::int as value | lo_creat",
        "select now() as time, set_config('statement_timeout', '0', false)::int as value | set_config",
        "select now() as time, 1 as value, query_to_xml('select 1', true, true, '')::text as x | query_to_xml",
        "select now() as time, 1 as value limit set_config('statement_timeout', '0', false)::int + 1 | set_config",
        "select now() as time, 1 as value offset pg_catalog.\"pg_sleep\" /* wait */ (0)::text::int | pg_sleep",
        "select now() as time, i as value from (values (1), (pg_sleep(0)::text::int)) as v (i) | pg_sleep",
        "select now() as time, 1 as value where pg_sleep(0)::text in (select i::text from generate_series(1, 2) as g (i)) | pg_sleep",
        "select now() as time, count(*) over (order by i rows lo_creat(-1)::int preceding) as value from generate_series(1, 2) as g (i) | lo_creat",
        "with t (\"'\") as materialized (select ''::text) select now() as time, length(concat(t.\"'\", pg_sleep(0), t.\"'\")) as value from t | pg_sleep",
        "select now() as time, count(*) as value from segue.secret | permission denied",
        "select now() as time, count(*) as value from data.sales_line_row | permission denied",
        "select now() as time, count(*) as value from pg_catalog.pg_roles | pg_catalog",
        "select now() as time, random() as value | random",
        "select now()::date as time, 1 as value | timestamptz",
        "select now() as time, 'much' as value | number",
        "select now() as at, 1 as value | no column time",
        "select now() as time, 1 as value, 1 as \"Big Label\" | label",
        "select now() as time, 1 as value from data.nowhere | does not exist",
        "select now() as time, 1 as value where now() > :since | :since",
        "select now() as time, sum(a.i * b.i) as value from generate_series(1, 100000) a(i), generate_series(1, 1000000) b(i) | longer than PT1S"
      })
  void aQueryThatDoesAnythingButReadIsRefused(String query, String reason) {
    Map<String, Object> written = sql("bad", query);
    written.put("sql", Map.of("query", query, "timeout", "PT1S"));
    JsonNode problem = admin.put("/metric-sources/bad", written).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("sql.query");
    assertThat(problem.at("/errors/0/message").asString()).contains(reason);
    admin.get("/metric-sources/bad").problem(404, "not-found");
  }

  @Test
  void rowsThatAreNoPointsAreKeptApartWithTheirReasons() {
    String query =
        """
        select time, value, site from (values
          (:to, 1::numeric, 'a'), (:to + interval '2 days', 1, 'b'), (:to, 'NaN', 'c'),
          (null, 1, 'd'), (:to, null, 'e'), ('infinity', 1, 'f'), (:to, 'Infinity', 'g'),
          (:to - interval '500 days', 1, 'h')) as v (time, value, site)
        """;
    JsonNode preview =
        admin.post("/metric-source-preview", Map.of("source", sql("odd", query))).expect(200);
    assertThat(preview.path("points")).hasSize(1);
    assertThat(preview.path("reasons")).hasSize(7);
    admin.put("/metric-sources/odd", sql("odd", query)).expect(201);
    JsonNode done = admin.post("/metric-sources/odd/collect", Map.of()).expect(200);
    assertThat(done.path("points").asInt()).isEqualTo(1);
    assertThat(done.path("refused").asInt()).isEqualTo(7);
    assertThat(done.path("reasons").toString())
        .contains("lies in the future", "NaN", "time: there is none", "value: there is none")
        .contains("older than the 400 days");
  }

  @Test
  void aPeriodWithMoreThanIsTakenAtOnceIsFetchedInParts() {
    Instant start = now;
    admin.put("/metric-sources/minutely", minutely("minutely", "1")).expect(201);
    admin.post("/metric-sources/minutely/collect", Map.of()).expect(200);
    now = start.plus(Duration.ofHours(3));
    JsonNode due = admin.post("/metric-sources/minutely/collect", Map.of()).expect(200);
    assertThat(due.has("error")).isFalse();
    assertThat(due.path("points").asInt()).isEqualTo(180);
    assertThat(collectedTo("minutely")).isEqualTo(now);

    // By hand: what goes on from there counts as collected, what begins later doesn't.
    now = start.plus(Duration.ofHours(5));
    String from = start.plus(Duration.ofHours(4)).toString();
    admin.post("/metric-sources/minutely/collect", Map.of("from", from)).expect(200);
    assertThat(collectedTo("minutely")).isEqualTo(start.plus(Duration.ofHours(3)));
    from = start.plus(Duration.ofHours(2)).toString();
    admin.post("/metric-sources/minutely/collect", Map.of("from", from)).expect(200);
    assertThat(collectedTo("minutely")).isEqualTo(now);
    assertThat(points("minutely")).isEqualTo(315);
    now = start;
  }

  @Test
  void partsThatWereFetchedBeforeAnErrorNeedNotBeFetchedAgain() {
    Instant start = now;
    String value = "1 / (i < '%s')::int".formatted(start.plus(Duration.ofMinutes(170)));
    admin.put("/metric-sources/half", minutely("half", value)).expect(201);
    admin.post("/metric-sources/half/collect", Map.of()).expect(200);
    now = start.plus(Duration.ofHours(3));
    JsonNode done = admin.post("/metric-sources/half/collect", Map.of()).expect(200);
    assertThat(done.path("error").asString()).contains("division by zero");
    assertThat(done.path("points").asInt()).isBetween(90, 170);
    assertThat(collectedTo("half"))
        .isBetween(start.plus(Duration.ofMinutes(90)), start.plus(Duration.ofMinutes(170)));
    now = start;
  }

  /** A point for each minute, of which forty are taken at once. */
  private static Map<String, Object> minutely(String metric, String value) {
    Map<String, Object> written = sql(metric, "");
    written.put("lookback", "PT0S");
    String query =
        "select i as time, %s as value from generate_series(:from, :to, interval '1 minute') as g (i) where i < :to";
    written.put("sql", Map.of("query", query.formatted(value), "limit", 40));
    return written;
  }

  private Instant collectedTo(String source) {
    return Instant.parse(
        admin.get("/metric-sources/" + source).expect(200).path("collectedTo").asString());
  }

  private int points(String metric) {
    return door.database()
        .jooq()
        .fetchSingle(
            """
            select count(*) from data.metric_point join data.metric_series using (series_id)
            where metric = ?\
            """,
            metric)
        .get(0, Integer.class);
  }

  @Test
  void moreThanIsTakenAtOnceIsToldAndTriedAgain() {
    Map<String, Object> written = sql("plenty", "");
    written.put(
        "sql",
        Map.of(
            "query",
            "select :to - i * interval '1 second' as time, i as value"
                + " from generate_series(1, 50) as g (i)",
            "limit",
            40));
    admin.put("/metric-sources/plenty", written).expect(201);
    JsonNode done = admin.post("/metric-sources/plenty/collect", Map.of()).expect(200);
    assertThat(done.path("points").asInt()).isEqualTo(40);
    assertThat(done.path("error").asString()).contains("more points");
    JsonNode shown = admin.get("/metric-sources/plenty").expect(200);
    assertThat(shown.has("collectedTo")).isFalse();
    assertThat(shown.path("nextAt").asString()).isEqualTo(now.plusSeconds(300).toString());
  }

  @Test
  void aSourceThatKeepsFailingRaisesAnAlarmUntilItWorksAgain() {
    site("alarmed");
    String query =
        "select :to as time, 1 / count(*) as value from data.site where site_id = 'alarmed'";
    admin.put("/metric-sources/alarmed", sql("alarmed", query)).expect(201);
    door.database().jooq().execute("delete from data.site_row where site_id = 'alarmed'");

    admin.post("/metric-sources/alarmed/collect", Map.of()).expect(200);
    assertThat(alarms()).as("once may be a hiccup").isEmpty();
    admin.post("/metric-sources/alarmed/collect", Map.of()).expect(200);
    assertThat(alarms()).singleElement().asString().contains("alarmed", "division by zero");

    site("alarmed");
    admin.post("/metric-sources/alarmed/collect", Map.of()).expect(200);
    assertThat(alarms()).isEmpty();
  }

  private List<String> alarms() {
    return door.database()
        .jooq()
        .fetch(
            """
            select message from segue.alarm
            where kind = 'metric-source' and subject = 'alarmed' and cleared_at is null\
            """)
        .getValues(0, String.class);
  }

  @Test
  void aSourceIsPausedChangedAndRemovedWithAnEntryInTheAuditTrail() {
    admin.put("/metric-sources/edited", sql("edited", one("1"))).expect(201);
    admin.patch("/metric-sources/edited", Map.of("paused", true, "reason", "noisy")).expect(200);
    sources.collector().collectDue();
    JsonNode paused = admin.get("/metric-sources/edited").expect(200);
    assertThat(paused.has("last")).isFalse();
    assertThat(paused.path("pauseReason").asString()).isEqualTo("noisy");
    admin.put("/metric-sources/edited", sql("edited", one("2"))).problem(428, "if-match-missing");
    admin
        .with("If-Match", "\"7\"")
        .put("/metric-sources/edited", sql("edited", one("2")))
        .problem(412, "edited");
    admin
        .with("If-Match", "\"1\"")
        .put("/metric-sources/edited", sql("edited", one("2")))
        .expect(200);
    admin.patch("/metric-sources/edited", Map.of("paused", false)).expect(200);
    sources.collector().collectDue();
    assertThat(values("edited")).containsExactly(" 2.0");
    admin.delete("/metric-sources/edited").expect(204);
    assertThat(admin.get("/audit?limit=20").expect(200).toString())
        .contains("metric-source.create", "metric-source.change", "metric-source.remove");
    Map<String, Object> both = sql("edited", one("1"));
    both.put("cron", "0 6 * * *");
    assertThat(admin.put("/metric-sources/edited", both).expect(422).toString()).contains("every");
  }

  @Test
  void aPluginsMetricsAreReadInItsClassLoaderAndItsErrorsShown() {
    Map<String, Object> written = new LinkedHashMap<>(Map.of("cron", "15 6 * * *", "zone", "UTC"));
    written.put("plugin", Map.of("id", "tills", "metrics", List.of("till_total", "till_orders")));
    admin.put("/metric-sources/tills", written).expect(201);
    JsonNode done = admin.post("/metric-sources/tills/collect", Map.of()).expect(200);
    assertThat(done.has("error")).isFalse();
    assertThat(done.path("points").asInt()).isEqualTo(4);
    assertThat(done.path("refused").asInt()).isEqualTo(2);
    assertThat(done.path("reasons").toString())
        .contains("the label cashier isn't declared", "not of the period");
    assertThat(values("till_total")).containsExactlyInAnyOrder("bar 1.0", "cafe 2.0");
    JsonNode metric = admin.get("/metrics/till_total").expect(200);
    assertThat(metric.path("unit").asString()).isEqualTo("EUR");
    assertThat(metric.path("title").asString()).isEqualTo("Takings");

    written.put("plugin", Map.of("id", "tills", "metrics", List.of("till_broken", "till_total")));
    admin.put("/metric-sources/broken", written).expect(201);
    JsonNode broken = admin.post("/metric-sources/broken/collect", Map.of()).expect(200);
    assertThat(broken.path("error").asString()).contains("till_broken", "the drawer is stuck");
    assertThat(broken.path("points").asInt()).isEqualTo(2);

    written.put("plugin", Map.of("id", "tills", "metrics", List.of("till_account")));
    assertThat(admin.put("/metric-sources/account", written).expect(422).at("/errors/0").toString())
        .contains("plugin.connection", "tills:bank");
    written.put("plugin", Map.of("id", "tills", "metrics", List.of("till_nothing")));
    assertThat(admin.put("/metric-sources/nothing", written).expect(422).at("/errors/0").toString())
        .contains("plugin.metrics", "till_total");
    written.put("plugin", Map.of("id", "nobody"));
    assertThat(admin.put("/metric-sources/nobody", written).expect(422).at("/errors/0").toString())
        .contains("plugin.id", "isn't loaded");
  }

  private static Map<String, Object> sql(String metric, String query) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("metric", metric);
    written.put("every", "PT15M");
    written.put("sql", Map.of("query", query));
    return written;
  }

  private static String one(String value) {
    return "select :to - interval '1 minute' as time, %s::float8 as value".formatted(value);
  }

  private void site(String id) {
    door.database()
        .jooq()
        .execute(
            "insert into data.site_row (site_id, name, zone, currency) values (?, ?, 'UTC', 'EUR')",
            id,
            id);
  }

  private void sale(String site, String order, Instant at, double amount) {
    door.database()
        .jooq()
        .execute(
            """
            insert into data.sales_line_row (site_id, order_id, line_id, item_id, ordered_at,
              business_date, quantity, unit_price, net_amount, currency)
            values (?, ?, '1', 'bun', ?::timestamptz, current_date, 1, ?, ?, 'EUR')\
            """,
            site,
            order,
            at.toString(),
            amount,
            amount);
  }

  private List<String> values(String metric) {
    JsonNode answer =
        admin
            .get(
                "/metrics/%s/values?step=P1D&aggregation=last&from=%s&to=%s"
                    .formatted(
                        metric, hour.minus(Duration.ofDays(3)), hour.plus(Duration.ofDays(1))))
            .expect(200);
    return answer
        .path("series")
        .valueStream()
        .map(
            series ->
                series.at("/labels/site").asString("")
                    + " "
                    + series.path("points").get(series.path("points").size() - 1).get(1).asDouble())
        .toList();
  }

  private static PluginZip zip() {
    return PluginZip.of("tills", "1.0.0", "tills.TillsPlugin")
        .source(
            "tills.TillsPlugin",
            """
            package tills;
            import dev.segue.sdk.*;
            import java.time.*;
            import java.util.*;
            import java.util.stream.Stream;
            public final class TillsPlugin implements SeguePlugin {
              @Override public void describe(Catalog catalog) {
                catalog.metrics(new Tills());
                catalog.metrics(new Account());
                catalog.connection(Bank.class);
              }
              @ConnectionInfo(name = "bank", title = "Bank")
              record Bank(String url) implements ConnectionType {
                @Override public Set<String> hosts() { return Set.of(); }
                @Override public ConnectionCheck test(StepContext context) {
                  return new ConnectionCheck(true, "");
                }
              }
              static MetricSource.MetricInfo info(String name, String title) {
                return new MetricSource.MetricInfo(
                    name, title, "EUR", Duration.ofDays(1), List.of("site"));
              }
              static final class Account implements MetricSource {
                @Override public List<MetricInfo> metrics() {
                  return List.of(info("till_account", "Balance"));
                }
                @Override public Optional<Class<? extends ConnectionType>> connection() {
                  return Optional.of(Bank.class);
                }
                @Override public Stream<MetricPoint> read(
                    String metric, Instant from, Instant to, StepContext context) {
                  return Stream.of();
                }
              }
              static final class Tills implements MetricSource {
                @Override public List<MetricInfo> metrics() {
                  return List.of(info("till_total", "Takings"), info("till_orders", "Orders"),
                      info("till_broken", "Broken"));
                }
                @Override public Stream<MetricPoint> read(
                    String metric, Instant from, Instant to, StepContext context) {
                  if (metric.equals("till_broken")) {
                    throw new IllegalStateException("the drawer is stuck");
                  }
                  if (Thread.currentThread().getContextClassLoader()
                      != TillsPlugin.class.getClassLoader()) {
                    throw new IllegalStateException("a strange class loader");
                  }
                  Stream<MetricPoint> good = Stream.of(
                      new MetricPoint(from, 2, Map.of("site", "cafe")),
                      new MetricPoint(from, 1, Map.of("site", "bar")));
                  return metric.equals("till_total") ? good : Stream.concat(good, Stream.of(
                      new MetricPoint(from, 1, Map.of("cashier", "Ann")),
                      new MetricPoint(to, 1, Map.of("site", "cafe"))));
                }
              }
            }
            """);
  }
}
