package dev.segue.server.triggers.schedules;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Operation;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.TriggerKind;
import dev.segue.server.triggers.Triggers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Triggers that start runs at the times of a cron expression. Each has a row per site that says
 * when it is due next; the runner fires from these rows. Thread-safe.
 */
public final class Schedules implements TriggerKind, AutoCloseable {

  static final String KIND = "schedule";

  private final Triggers triggers;
  private final Places places;
  private final InstantSource clock;
  private final DueRows rows = new DueRows();
  private final ScheduleRunner runner;

  /** Makes them known to the triggers; nothing fires before {@link #start}. */
  public Schedules(Database database, Triggers triggers, Places places, InstantSource clock) {
    this.triggers = triggers;
    this.places = places;
    this.clock = clock;
    this.runner = new ScheduleRunner(database, triggers, this, rows, places, clock);
    triggers.register(this);
  }

  /** Begins to fire. */
  public void start() {
    runner.start();
  }

  /** Fires nothing any more; what is being decided is finished or undone. */
  @Override
  public void close() {
    runner.close();
  }

  /** What fires; for tests, which turn the clock themselves. */
  ScheduleRunner runner() {
    return runner;
  }

  /** The operations of schedules alone. */
  public List<Operation> operations() {
    return new PreviewOperations(places, clock).operations();
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public ObjectNode check(ObjectNode settings) {
    ScheduleSettings read = ScheduleSettings.read(settings);
    switch (read.sites()) {
      case ScheduleSettings.Sites.None none -> {}
      case ScheduleSettings.Sites.All all -> {}
      case ScheduleSettings.Sites.These(List<String> ids) -> ids.forEach(this::requireSite);
      case ScheduleSettings.Sites.Group(String id) -> {
        if (places.ofGroup(id).isEmpty()) {
          throw ApiException.invalid(
              "schedule.siteGroup",
              "There is no group of sites %s. Add it first (segue sites groups).".formatted(id));
        }
      }
    }
    return ScheduleSettings.complete(settings);
  }

  private void requireSite(String id) {
    if (places.find(id).isEmpty()) {
      throw ApiException.invalid("schedule.sites", "There is no site %s.".formatted(id));
    }
  }

  @Override
  public @Nullable Set<String> sites(ObjectNode settings) {
    return ScheduleSettings.read(settings).sites() instanceof ScheduleSettings.Sites.These these
        ? Set.copyOf(these.ids())
        : null;
  }

  @Override
  public Set<String> brings() {
    return Set.of("businessDate");
  }

  @Override
  public void saved(DSLContext tx, Trigger trigger) {
    Map<String, DueRows.Next> wanted = wanted(trigger, places.all());
    rows.reschedule(tx, wanted.values(), clock.instant());
    reconcile(
        tx,
        trigger.id(),
        rows.zones(tx, trigger.id()).getOrDefault(trigger.id(), Map.of()),
        wanted);
  }

  @Override
  public void removed(DSLContext tx, Trigger trigger) {
    rows.removeAll(tx, trigger.id());
    tx.execute(
        """
        update segue.trigger_firing set outcome = 'skipped', variables = null,
          reason = 'The trigger was removed while this waited.'
        where trigger_id = ? and outcome = 'queued'\
        """,
        trigger.id());
  }

  /**
   * Gives sites that were added their rows, takes them from those that went, follows moved zones.
   */
  void reconcile(DSLContext tx) {
    List<Site> sites = places.all();
    Map<String, Map<String, String>> there = rows.zones(tx, null);
    for (Trigger trigger : triggers.ofKind(tx, KIND)) {
      reconcile(
          tx, trigger.id(), there.getOrDefault(trigger.id(), Map.of()), wanted(trigger, sites));
    }
  }

  private void reconcile(
      DSLContext tx,
      String triggerId,
      Map<String, String> there,
      Map<String, DueRows.Next> wanted) {
    List<DueRows.Next> moved = new ArrayList<>();
    List<DueRows.Next> missing = new ArrayList<>();
    wanted.forEach(
        (site, next) -> {
          String zone = there.get(site);
          if (zone == null) {
            missing.add(next);
          } else if (!zone.equals(next.zone().getId())) {
            moved.add(next);
          }
        });
    Set<String> gone = new HashSet<>(there.keySet());
    gone.removeAll(wanted.keySet());
    if (!missing.isEmpty()) {
      rows.add(tx, missing);
    }
    if (!moved.isEmpty()) {
      rows.reschedule(tx, moved, clock.instant());
    }
    if (!gone.isEmpty()) {
      rows.remove(tx, triggerId, gone);
    }
  }

  /** When it is due next, reckoned from now, by site; no site is the empty text. */
  private Map<String, DueRows.Next> wanted(Trigger trigger, List<Site> all) {
    ScheduleSettings settings = ScheduleSettings.read(trigger.settings());
    Instant now = clock.instant();
    Map<String, DueRows.Next> wanted = new LinkedHashMap<>();
    if (settings.sites() instanceof ScheduleSettings.Sites.None) {
      wanted.put("", next(trigger, settings, null, zoneOf(settings), now));
      return wanted;
    }
    for (Site site : sites(settings, all)) {
      ZoneId zone = settings.zone() == null ? site.zone() : settings.zone();
      wanted.put(site.id(), next(trigger, settings, site.id(), zone, now));
    }
    return wanted;
  }

  /** The schedules of a workflow by their ids, paused ones too. */
  public List<WorkflowSchedule> of(DSLContext tx, String workflowId) {
    return triggers.ofKind(tx, KIND).stream()
        .filter(trigger -> trigger.workflowId().equals(workflowId))
        .map(
            trigger -> {
              ScheduleSettings settings = ScheduleSettings.read(trigger.settings());
              return new WorkflowSchedule(trigger, settings, sites(settings, places.all()));
            })
        .toList();
  }

  private List<Site> sites(ScheduleSettings settings, List<Site> all) {
    return switch (settings.sites()) {
      case ScheduleSettings.Sites.None none -> List.of();
      case ScheduleSettings.Sites.All every -> all;
      case ScheduleSettings.Sites.These(List<String> ids) -> among(all, ids);
      case ScheduleSettings.Sites.Group(String id) ->
          among(all, places.ofGroup(id).orElse(List.of()));
    };
  }

  private static List<Site> among(List<Site> all, List<String> ids) {
    Set<String> wanted = Set.copyOf(ids);
    return all.stream().filter(site -> wanted.contains(site.id())).toList();
  }

  static ZoneId zoneOf(ScheduleSettings settings) {
    ZoneId zone = settings.zone();
    if (zone == null) {
      throw new IllegalStateException("a schedule of no site without a zone was let in");
    }
    return zone;
  }

  private static DueRows.Next next(
      Trigger trigger,
      ScheduleSettings settings,
      @Nullable String site,
      ZoneId zone,
      Instant after) {
    Instant due = settings.cron().next(after, zone);
    Instant fire = new Jitter(trigger.id(), site, settings.jitter()).fireAt(due);
    return new DueRows.Next(trigger.id(), site, zone, due, fire, null);
  }
}
