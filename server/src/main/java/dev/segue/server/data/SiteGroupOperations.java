package dev.segue.server.data;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.util.List;

/** Groups of sites over HTTP. */
final class SiteGroupOperations {

  private final Database database;
  private final SiteGroupRows groups;
  private final Audit audit;

  SiteGroupOperations(Database database, SiteGroupRows groups, Audit audit) {
    this.database = database;
    this.groups = groups;
    this.audit = audit;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listSiteGroups", Role.VIEWER, this::list),
        Operation.of("putSiteGroup", Role.DESIGNER, this::put),
        Operation.of("deleteSiteGroup", Role.DESIGNER, this::delete));
  }

  private record Content(String name, List<String> sites) {}

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(groups.list(database.jooq(), request.page()));
  }

  private ApiResponse put(ApiRequest request) {
    requireAllSites(request);
    String id = request.path("group");
    Content content = request.json(Content.class);
    SiteGroupRows.SiteGroup group =
        new SiteGroupRows.SiteGroup(id, content.name(), content.sites());
    database.inTransaction(
        tx -> {
          List<String> unknown = groups.unknown(tx, group.sites());
          if (!unknown.isEmpty()) {
            throw ApiException.invalid(
                "sites", "There is no site %s.".formatted(String.join(", ", unknown)));
          }
          groups.put(tx, group);
          audit.record(
              tx,
              new AuditEntry(
                  request.principal().username(),
                  "site-group.put",
                  "site-group",
                  id,
                  request.json()));
        });
    return ApiResponse.ok(group);
  }

  private ApiResponse delete(ApiRequest request) {
    requireAllSites(request);
    String id = request.path("group");
    database.inTransaction(
        tx -> {
          if (!groups.remove(tx, id)) {
            throw ApiException.notFound("group of sites", id);
          }
          audit.record(tx, request.principal().username(), "site-group.remove", "site-group", id);
        });
    return ApiResponse.done();
  }

  /** A group steers what happens at sites, also at those that such an account may not act on. */
  private static void requireAllSites(ApiRequest request) {
    if (request.principal().sites() != null) {
      throw ApiException.forbidden(
          "The account %s is limited to some sites; groups are for those who act on all."
              .formatted(request.principal().username()));
    }
  }
}
