package dev.segue.server.triggers.schedules;

import dev.segue.sdk.Site;
import dev.segue.server.triggers.Trigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** When and with what a schedule starts its workflow, for those who look at other days than now. */
public final class WorkflowSchedule {

  private final Trigger trigger;
  private final ScheduleSettings settings;
  private final List<Site> sites;

  WorkflowSchedule(Trigger trigger, ScheduleSettings settings, List<Site> sites) {
    this.trigger = trigger;
    this.settings = settings;
    this.sites = List.copyOf(sites);
  }

  /** The trigger's id. */
  public String id() {
    return trigger.id();
  }

  /** At which sites it starts runs now; empty for one run of no site. */
  public List<Site> sites() {
    return sites;
  }

  /** What its runs begin with. */
  public ObjectNode variables() {
    return trigger.variables().deepCopy();
  }

  /** The variables that its mapping sets. */
  public Set<String> mapped() {
    return Set.copyOf(trigger.mapping().propertyNames());
  }

  /** In which zone it fires for runs of no site; null if it only has sites with zones of theirs. */
  public @Nullable ZoneId zone() {
    return settings.zone();
  }

  /**
   * When it first fires on a day, jitter aside.
   *
   * @param day as the calendar says in the zone
   * @param siteZone where the site is; the schedule's own zone goes before it
   * @return empty if it doesn't fire on that day
   */
  public Optional<Instant> firstOn(LocalDate day, ZoneId siteZone) {
    ZoneId own = settings.zone();
    ZoneId zone = own == null ? siteZone : own;
    Instant first = settings.cron().next(day.atStartOfDay(zone).toInstant().minusMillis(1), zone);
    return first.isBefore(day.plusDays(1).atStartOfDay(zone).toInstant())
        ? Optional.of(first)
        : Optional.empty();
  }

  /** Whether it leaves out business days on which the site is closed. */
  public boolean skipsClosedDays() {
    return settings.skipClosedDays();
  }
}
