package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where monitors stand, their silences and backtests over HTTP. */
final class MonitorOperations {

  private static final Duration LONGEST_SILENCE = Duration.ofDays(90);
  private static final Duration LONGEST_TEST = Duration.ofDays(400);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Monitors.Ground ground;
  private final Database database;
  private final MetricReader metrics;
  private final GroupRows groups;
  private final SilenceRows silences = new SilenceRows();

  MonitorOperations(Monitors.Ground ground, MetricReader metrics, GroupRows groups) {
    this.ground = ground;
    this.database = ground.database();
    this.metrics = metrics;
    this.groups = groups;
  }

  List<Operation> operations() {
    Set<Role> hands = Set.of(Role.OPERATOR, Role.DESIGNER);
    return List.of(
        Operation.of("listMonitors", Role.VIEWER, this::list),
        Operation.of("getMonitor", Role.VIEWER, this::get),
        Operation.of("listMonitorGroups", Role.VIEWER, this::groups),
        Operation.of("listMonitorSilences", Role.VIEWER, this::silences),
        Operation.of("silenceMonitor", hands, this::silence),
        Operation.of("endMonitorSilence", hands, this::endSilence),
        Operation.of("backtestMonitor", Role.VIEWER, this::backtest));
  }

  /** A monitor and where its groups stand. */
  record Shown(
      String id,
      String title,
      String workflow,
      String severity,
      String metric,
      boolean paused,
      Map<String, Integer> groups) {}

  /** What is asked of a silence. */
  private record Wanted(
      @Nullable Map<String, String> labels,
      @Nullable Instant startsAt,
      Instant endsAt,
      String reason) {}

  /** What is asked of a backtest. */
  private record Test(
      @Nullable ObjectNode monitor, @Nullable String id, Instant from, @Nullable Instant to) {}

  private ApiResponse list(ApiRequest request) {
    Page<Trigger> page =
        Page.of(visible(request), request.page(), trigger -> Cursor.of(trigger.id()));
    Map<String, Map<String, Integer>> counts =
        groups.counts(database.jooq(), page.items().stream().map(Trigger::id).toList());
    return ApiResponse.ok(
        page.map(trigger -> shown(trigger, counts.getOrDefault(trigger.id(), Map.of()))));
  }

  /** Those of a page that the caller may see, and one more if there is one. */
  private List<Trigger> visible(ApiRequest request) {
    int wanted = request.page().fetch();
    List<Trigger> visible = new ArrayList<>();
    PageRequest next = request.page();
    while (visible.size() < wanted) {
      Page<Trigger> part = ground.triggers().ofKind(database.jooq(), Monitors.KIND, next);
      part.items().stream().filter(trigger -> visible(request, trigger)).forEach(visible::add);
      if (part.next() == null) {
        break;
      }
      next = new PageRequest(next.limit(), Cursor.of(part.items().getLast().id()));
    }
    return visible.subList(0, Math.min(wanted, visible.size()));
  }

  private ApiResponse get(ApiRequest request) {
    Trigger trigger = find(request);
    return ApiResponse.ok(
        shown(
            trigger,
            groups
                .counts(database.jooq(), List.of(trigger.id()))
                .getOrDefault(trigger.id(), Map.of())));
  }

  private static boolean visible(ApiRequest request, Trigger trigger) {
    String site = MonitorSettings.stored(trigger.settings()).matchers().get("site");
    return request.principal().mayActOn(site);
  }

  private static Shown shown(Trigger trigger, Map<String, Integer> groups) {
    MonitorSettings settings = MonitorSettings.stored(trigger.settings());
    return new Shown(
        trigger.id(),
        trigger.title(),
        trigger.workflowId(),
        settings.severityOrDefault(),
        settings.metricName(),
        trigger.pause() != null,
        groups);
  }

  private ApiResponse groups(ApiRequest request) {
    return ApiResponse.ok(
        groups.list(
            database.jooq(),
            find(request).id(),
            request.query("phase").orElse(null),
            request.principal().sites(),
            request.page()));
  }

  private ApiResponse silences(ApiRequest request) {
    return ApiResponse.ok(
        Page.all(silences.list(database.jooq(), find(request).id(), ground.clock().instant())));
  }

  private ApiResponse silence(ApiRequest request) {
    Trigger trigger = find(request);
    requireHands(request, trigger);
    Wanted wanted = request.json(Wanted.class);
    Instant now = ground.clock().instant();
    Instant from = wanted.startsAt() == null ? now : wanted.startsAt();
    if (!wanted.endsAt().isAfter(from) || !wanted.endsAt().isAfter(now)) {
      throw ApiException.invalid("endsAt", "It must lie after the start, and in the future.");
    }
    if (Duration.between(from, wanted.endsAt()).compareTo(LONGEST_SILENCE) > 0) {
      throw ApiException.invalid(
          "endsAt",
          "A silence lasts at most %d days. Pause the monitor instead."
              .formatted(LONGEST_SILENCE.toDays()));
    }
    String labels = SilenceRows.text(wanted.labels() == null ? Map.of() : wanted.labels());
    SilenceRows.Silence made =
        database.transaction(
            tx -> {
              Optional<SilenceRows.Silence> other =
                  silences.overlapping(tx, trigger.id(), labels, from, wanted.endsAt());
              if (other.isPresent()) {
                throw ApiException.conflict(
                    "%s silenced %s of this monitor until %s already (silence %d). End that first, or begin later."
                        .formatted(
                            other.get().author(),
                            other.get().labels(),
                            other.get().endsAt(),
                            other.get().id()));
              }
              String author = request.principal().username();
              SilenceRows.Silence added =
                  silences.add(
                      tx, trigger.id(), labels, from, wanted.endsAt(), wanted.reason(), author);
              ground
                  .audit()
                  .record(
                      tx,
                      new AuditEntry(
                          author, "monitor.silence", "trigger", trigger.id(), request.json()));
              return added;
            });
    return ApiResponse.created("/api/v1/monitors/%s/silences".formatted(trigger.id()), made);
  }

  private ApiResponse endSilence(ApiRequest request) {
    Trigger trigger = find(request);
    requireHands(request, trigger);
    long id = request.pathLong("silence");
    database.inTransaction(
        tx -> {
          if (!silences.end(tx, trigger.id(), id, ground.clock().instant())) {
            throw ApiException.notFound("silence", id);
          }
          ObjectNode detail = Json.object().put("silence", id);
          String author = request.principal().username();
          ground
              .audit()
              .record(
                  tx,
                  new AuditEntry(author, "monitor.silence.end", "trigger", trigger.id(), detail));
        });
    return ApiResponse.done();
  }

  private ApiResponse backtest(ApiRequest request) {
    Test test = request.json(Test.class);
    Instant now = ground.clock().instant();
    Instant to = test.to() == null || test.to().isAfter(now) ? now : test.to();
    if (!test.from().isBefore(to)
        || Duration.between(test.from(), to).compareTo(LONGEST_TEST) > 0) {
      throw ApiException.invalid(
          "from", "It must lie before to, and at most %d days.".formatted(LONGEST_TEST.toDays()));
    }
    MonitorSettings inForce = test.id() == null ? null : settings(find(request, test.id()));
    MonitorSettings rule = test.monitor() == null ? inForce : MonitorSettings.read(test.monitor());
    if (rule == null) {
      throw ApiException.invalid("monitor", "Give a rule (monitor), or the id of a monitor.");
    }
    requireSite(request, rule);
    if (!metrics.exists(database.jooq(), rule.metricName())) {
      throw ApiException.invalid(
          "monitor.metric", "There is no metric %s.".formatted(rule.metricName()));
    }
    MonitorSettings compared = test.monitor() == null ? null : inForce;
    return ApiResponse.ok(
        database.transaction(
            PATIENCE,
            tx -> new Backtest(tx, metrics, test.from(), to, PATIENCE).run(rule, compared)));
  }

  private static MonitorSettings settings(Trigger trigger) {
    return MonitorSettings.stored(trigger.settings());
  }

  private static void requireSite(ApiRequest request, MonitorSettings rule) {
    String site = rule.matchers().get("site");
    if (request.principal().sites() != null && site == null) {
      throw ApiException.forbidden(
          "The account %s is limited to some sites. Name one in the labels."
              .formatted(request.principal().username()));
    }
    request.principal().requireSite(site);
  }

  private static void requireHands(ApiRequest request, Trigger trigger) {
    requireSite(request, settings(trigger));
  }

  private Trigger find(ApiRequest request) {
    return find(request, request.path("monitor"));
  }

  private Trigger find(ApiRequest request, String id) {
    return ground
        .triggers()
        .find(database.jooq(), id)
        .filter(trigger -> trigger.kind().equals(Monitors.KIND))
        .filter(trigger -> visible(request, trigger))
        .orElseThrow(() -> ApiException.notFound("monitor", id));
  }
}
