package dev.segue.server.people;

import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import java.time.OffsetDateTime;
import java.util.List;

/** Reading the audit trail. */
final class AuditOperations {

  private final Audit audit;

  AuditOperations(Audit audit) {
    this.audit = audit;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listAudit", Role.ADMIN, this::list),
        Operation.of("verifyAudit", Role.ADMIN, request -> ApiResponse.ok(audit.verify())));
  }

  private ApiResponse list(ApiRequest request) {
    Audit.Filter filter =
        new Audit.Filter(
            request.query("actor").orElse(null),
            request.query("action").orElse(null),
            request.query("subjectKind").orElse(null),
            request.query("subjectId").orElse(null),
            request
                .query("since")
                .map(since -> OffsetDateTime.parse(since).toInstant())
                .orElse(null));
    return ApiResponse.ok(audit.list(filter, request.page()));
  }
}
