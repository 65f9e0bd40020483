package dev.segue.server.people;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.ApiTokens.ApiToken;
import dev.segue.server.people.ApiTokens.NewToken;
import dev.segue.server.storage.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** API tokens: everybody has own ones, administrators see and revoke all. */
final class TokenOperations {

  private final Database database;
  private final Accounts accounts;
  private final ApiTokens tokens;
  private final Audit audit;
  private final Clock clock;

  TokenOperations(
      Database database, Accounts accounts, ApiTokens tokens, Audit audit, Clock clock) {
    this.database = database;
    this.accounts = accounts;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listTokens", Role.VIEWER, this::list),
        Operation.of("createToken", Role.VIEWER, this::create),
        Operation.of("revokeToken", Role.VIEWER, this::revoke));
  }

  /** A token to make. */
  record WantedToken(String name, @Nullable List<Role> roles, @Nullable Instant expiresAt) {}

  /**
   * A token as the API shows it.
   *
   * @param token its value, right after it was made; else null
   */
  record ShownToken(
      UUID id,
      String username,
      String name,
      List<Role> roles,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt,
      @Nullable String token) {

    static ShownToken of(ApiToken token, @Nullable String value) {
      return new ShownToken(
          token.id(),
          token.username(),
          token.name(),
          token.roles(),
          token.createdAt(),
          token.expiresAt(),
          token.lastUsedAt(),
          token.revokedAt(),
          value);
    }
  }

  private ApiResponse list(ApiRequest request) {
    Principal principal = request.principal();
    UUID whose = principal.has(Role.ADMIN) ? null : principal.accountId();
    return ApiResponse.ok(
        tokens
            .list(database.jooq(), whose, request.page())
            .map(token -> ShownToken.of(token, null)));
  }

  private ApiResponse create(ApiRequest request) {
    WantedToken wanted = request.json(WantedToken.class);
    Principal principal = request.principal();
    List<Role> roles =
        wanted.roles() == null ? principal.roles().stream().sorted().toList() : wanted.roles();
    for (Role role : roles) {
      if (!principal.has(role)) {
        throw ApiException.forbidden(
            "A token can't have the role %s, which you don't have.".formatted(role.label()));
      }
    }
    if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
      throw ApiException.invalid("expiresAt", "lies in the past");
    }
    NewToken made =
        database.transaction(
            tx -> {
              Account account =
                  accounts
                      .byId(tx, principal.accountId())
                      .orElseThrow(() -> ApiException.unauthenticated("The account is gone."));
              NewToken token =
                  tokens
                      .create(tx, account, wanted.name(), roles, wanted.expiresAt())
                      .orElseThrow(
                          () ->
                              ApiException.conflict(
                                  "You have a token called %s. Revoke it or choose another name."
                                      .formatted(wanted.name())));
              ObjectNode detail = Json.object().put("name", wanted.name());
              detail.set("roles", Json.tree(roles));
              audit.record(
                  tx,
                  new AuditEntry(
                      account.username(),
                      "token.create",
                      "token",
                      token.token().id().toString(),
                      detail));
              return token;
            });
    return ApiResponse.created(
        "/api/v1/tokens/" + made.token().id(), ShownToken.of(made.token(), made.value()));
  }

  private ApiResponse revoke(ApiRequest request) {
    Principal principal = request.principal();
    UUID id = request.pathUuid("token");
    database.inTransaction(
        tx -> {
          ApiToken token =
              tokens
                  .byId(tx, id)
                  .filter(
                      found ->
                          principal.has(Role.ADMIN)
                              || found.accountId().equals(principal.accountId()))
                  .orElseThrow(() -> ApiException.notFound("token", id));
          tokens.revoke(tx, token.id());
          audit.record(tx, principal.username(), "token.revoke", "token", id.toString());
        });
    return ApiResponse.done();
  }
}
