package dev.segue.server.data;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** The business days of a site over HTTP. */
final class SiteCalendarOperations {

  private final Database database;
  private final SiteRows sites;
  private final Audit audit;

  SiteCalendarOperations(Database database, SiteRows sites, Audit audit) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listSiteDays", Role.VIEWER, this::days),
        Operation.of("putSiteException", Role.DESIGNER, this::put),
        Operation.of("deleteSiteException", Role.DESIGNER, this::delete));
  }

  private record Content(ArrayNode hours, @Nullable String reason) {}

  /** A business day as the API shows it. */
  private record Day(
      LocalDate date,
      boolean open,
      ArrayNode hours,
      @Nullable String holiday,
      boolean exception,
      @Nullable String reason) {}

  private ApiResponse days(ApiRequest request) {
    StoredSite stored = find(request);
    LocalDate from =
        request
            .query("from")
            .map(SiteCalendarOperations::date)
            .orElseGet(() -> stored.site().businessDate(Instant.now()));
    int count = request.query("days").map(Integer::parseInt).orElse(14);
    Map<LocalDate, String> holidays = holidays(stored, from, count);
    List<Day> days =
        from.datesUntil(from.plusDays(count)).map(date -> day(stored, date, holidays)).toList();
    return ApiResponse.ok(Page.all(days));
  }

  private Map<LocalDate, String> holidays(StoredSite stored, LocalDate from, int count) {
    return stored.country() == null
        ? Map.of()
        : SiteCalendar.holidays(database.jooq(), stored.country(), from, from.plusDays(count));
  }

  private Day day(StoredSite stored, LocalDate date, Map<LocalDate, String> holidays) {
    Site site = stored.site();
    Optional<SiteCalendar.DayRule> own =
        site.exceptions().containsKey(date)
            ? SiteCalendar.find(database.jooq(), site.id(), date)
            : Optional.empty();
    return new Day(
        date,
        site.isOpenOn(date),
        OpeningHours.writeDay(site.hoursOn(date)),
        holidays.get(date),
        own.isPresent(),
        own.map(SiteCalendar.DayRule::reason).filter(text -> !text.isEmpty()).orElse(null));
  }

  private ApiResponse put(ApiRequest request) {
    StoredSite stored = find(request);
    LocalDate date = date(request.path("date"));
    Content content = request.json(Content.class);
    SiteCalendar.DayRule rule =
        new SiteCalendar.DayRule(
            OpeningHours.readDay(content.hours()),
            content.reason() == null ? "" : content.reason());
    String id = stored.site().id();
    database.inTransaction(
        tx -> {
          SiteCalendar.put(tx, id, date, rule);
          audit.record(
              tx,
              new AuditEntry(
                  request.principal().username(),
                  "site.except",
                  "site",
                  id,
                  request.json().put("date", date.toString())));
        });
    StoredSite changed = find(request);
    return ApiResponse.ok(day(changed, date, holidays(changed, date, 1)));
  }

  private ApiResponse delete(ApiRequest request) {
    String id = find(request).site().id();
    LocalDate date = date(request.path("date"));
    database.inTransaction(
        tx -> {
          if (!SiteCalendar.remove(tx, id, date)) {
            throw ApiException.notFound("The site %s has no exception on %s.".formatted(id, date));
          }
          audit.record(
              tx, request.principal().username(), "site.except.remove", "site", id + " " + date);
        });
    return ApiResponse.done();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw ApiException.badRequest("`%s` is no date such as 2026-12-24.".formatted(text));
    }
  }

  private StoredSite find(ApiRequest request) {
    String id = request.path("site");
    return sites
        .find(database.jooq(), id)
        .filter(found -> request.principal().mayActOn(id))
        .orElseThrow(() -> ApiException.notFound("site", id));
  }
}
