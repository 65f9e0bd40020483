package dev.segue.server.data;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Sites over HTTP. */
final class SiteOperations {

  private final Database database;
  private final SiteRows sites;
  private final Audit audit;

  SiteOperations(Database database, SiteRows sites, Audit audit) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listSites", Role.VIEWER, this::list),
        Operation.of("createSite", Role.DESIGNER, this::create),
        Operation.of("getSite", Role.VIEWER, this::get),
        Operation.of("updateSite", Role.DESIGNER, this::update),
        Operation.of("deleteSite", Role.ADMIN, this::delete));
  }

  /** What is said of a site. */
  record Content(
      String name,
      String zone,
      String currency,
      @Nullable String country,
      @Nullable Boolean closedOnHolidays,
      @Nullable String businessDayEnd,
      @Nullable ObjectNode openingHours) {}

  /** A site as the API shows it. */
  record Shown(
      String id,
      String name,
      String zone,
      String currency,
      @Nullable String country,
      boolean closedOnHolidays,
      String businessDayEnd,
      ObjectNode openingHours,
      int version) {

    static Shown of(StoredSite stored) {
      Site site = stored.site();
      return new Shown(
          site.id(),
          site.name(),
          site.zone().getId(),
          site.currency().getCurrencyCode(),
          stored.country(),
          stored.closedOnHolidays(),
          OpeningHours.text(site.businessDayEnd()),
          OpeningHours.write(site.openingHours()),
          stored.version());
    }
  }

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(
        sites.list(database.jooq(), request.principal().sites(), request.page()).map(Shown::of));
  }

  private ApiResponse get(ApiRequest request) {
    return shown(find(database.jooq(), request));
  }

  private ApiResponse create(ApiRequest request) {
    String id = request.json().path("id").asString();
    request.principal().requireSite(id);
    StoredSite site = checked(id, request.json(Content.class), 1);
    database.inTransaction(
        tx -> {
          if (!sites.insert(tx, site)) {
            throw ApiException.conflict(
                "There is already a site %s. Choose another id, or edit that one.".formatted(id));
          }
          record(tx, request, "site.create", id);
        });
    return ApiResponse.created("/api/v1/sites/" + id, Shown.of(site)).withVersion(1);
  }

  private ApiResponse update(ApiRequest request) {
    int version = request.requireIfMatch();
    StoredSite changed =
        database.transaction(
            tx -> {
              String id = find(tx, request).site().id();
              StoredSite site = checked(id, request.json(Content.class), version);
              if (!sites.update(tx, site, version)) {
                throw ApiException.edited("The site " + id);
              }
              record(tx, request, "site.change", id);
              return find(tx, request);
            });
    return shown(changed);
  }

  private ApiResponse delete(ApiRequest request) {
    database.inTransaction(
        tx -> {
          String id = find(tx, request).site().id();
          if (sites.hasData(tx, id)) {
            throw ApiException.conflict(
                "The site %s has items or sales, which would be left without it.".formatted(id));
          }
          sites.delete(tx, id);
          record(tx, request, "site.delete", id);
        });
    return ApiResponse.done();
  }

  private static ApiResponse shown(StoredSite stored) {
    return ApiResponse.ok(Shown.of(stored)).withVersion(stored.version());
  }

  private StoredSite find(DSLContext tx, ApiRequest request) {
    String id = request.path("site");
    return sites
        .find(tx, id)
        .filter(found -> request.principal().mayActOn(id))
        .orElseThrow(() -> ApiException.notFound("site", id));
  }

  private void record(DSLContext tx, ApiRequest request, String action, String id) {
    audit.record(
        tx, new AuditEntry(request.principal().username(), action, "site", id, request.json()));
  }

  /** The site, if zone, currency and country exist. */
  private static StoredSite checked(String id, Content content, int version) {
    List<FieldError> errors = new ArrayList<>();
    if (!ZoneId.getAvailableZoneIds().contains(content.zone())) {
      errors.add(
          new FieldError(
              "zone",
              "There is no time zone %s. Use an IANA name, such as Europe/Berlin."
                  .formatted(content.zone())));
    }
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equals(content.currency()))) {
      errors.add(
          new FieldError(
              "currency",
              "There is no currency %s. Use an ISO 4217 code, such as EUR."
                  .formatted(content.currency())));
    }
    String country = content.country();
    if (country != null && !Arrays.asList(Locale.getISOCountries()).contains(country)) {
      errors.add(
          new FieldError(
              "country",
              "There is no country %s. Use an ISO 3166 code, such as DE.".formatted(country)));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    Site site =
        new Site(
            id,
            content.name(),
            ZoneId.of(content.zone()),
            Currency.getInstance(content.currency()),
            content.businessDayEnd() == null
                ? LocalTime.MIDNIGHT
                : LocalTime.parse(content.businessDayEnd()),
            OpeningHours.read(
                content.openingHours() == null ? Json.object() : content.openingHours()));
    boolean closedOnHolidays = Boolean.TRUE.equals(content.closedOnHolidays());
    return new StoredSite(site, country, closedOnHolidays, version);
  }
}
