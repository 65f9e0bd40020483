package dev.segue.server.triggers.schedules;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Shows when a schedule would fire, before it is saved. */
final class PreviewOperations {

  private static final int FIRINGS = 10;

  private final Places places;
  private final InstantSource clock;

  PreviewOperations(Places places, InstantSource clock) {
    this.places = places;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(Operation.of("previewSchedule", Role.VIEWER, this::preview));
  }

  private record Asked(ObjectNode schedule, @Nullable String site, @Nullable String after) {}

  /**
   * A firing to be.
   *
   * @param local the same with the offset that the clock has there by then
   * @param skipped why no run would start; null if one would
   */
  private record Shown(
      Instant dueAt, OffsetDateTime local, LocalDate businessDate, @Nullable String skipped) {}

  private record Preview(String zone, @Nullable String site, List<Shown> firings) {}

  private ApiResponse preview(ApiRequest request) {
    Asked asked = request.json(Asked.class);
    ScheduleSettings settings = ScheduleSettings.read(asked.schedule());
    Optional<Site> site = site(request, settings, asked.site());
    ZoneId zone = settings.zone() != null ? settings.zone() : zone(site);
    Instant at = asked.after() == null ? clock.instant() : Instant.parse(asked.after());
    List<Shown> firings = new ArrayList<>();
    for (int i = 0; i < FIRINGS; i++) {
      at = settings.cron().next(at, zone);
      firings.add(shown(settings, site, zone, at));
    }
    return ApiResponse.ok(new Preview(zone.getId(), site.map(Site::id).orElse(null), firings));
  }

  private static Shown shown(
      ScheduleSettings settings, Optional<Site> site, ZoneId zone, Instant at) {
    OffsetDateTime local = at.atZone(zone).toOffsetDateTime();
    LocalDate day = site.map(one -> one.businessDate(at)).orElse(local.toLocalDate());
    boolean closed =
        settings.skipClosedDays() && site.filter(one -> !one.isOpenOn(day)).isPresent();
    return new Shown(at, local, day, closed ? "The site is closed." : null);
  }

  /** The site that was asked for, or the first of the schedule's. */
  private Optional<Site> site(
      ApiRequest request, ScheduleSettings settings, @Nullable String asked) {
    if (asked != null) {
      request.principal().requireSite(asked);
      return Optional.of(
          places
              .find(asked)
              .orElseThrow(
                  () -> ApiException.invalid("site", "There is no site %s.".formatted(asked))));
    }
    return switch (settings.sites()) {
      case ScheduleSettings.Sites.None none -> Optional.empty();
      case ScheduleSettings.Sites.All all -> places.all().stream().findFirst();
      case ScheduleSettings.Sites.These(List<String> ids) -> places.find(ids.getFirst());
      case ScheduleSettings.Sites.Group(String id) ->
          places.ofGroup(id).orElse(List.of()).stream().findFirst().flatMap(places::find);
    };
  }

  private static ZoneId zone(Optional<Site> site) {
    return site.map(Site::zone)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "schedule.zone", "There is no site yet. Name a zone such as Europe/Berlin."));
  }
}
