package dev.segue.server.people;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Authenticator;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.Sessions.Session;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the own account. */
final class SessionOperations {

  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final SignIn signIn;
  private final Audit audit;
  private final boolean secureCookies;

  SessionOperations(
      Database database,
      Accounts accounts,
      Sessions sessions,
      Passwords passwords,
      SignIn signIn,
      Audit audit,
      boolean secureCookies) {
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.signIn = signIn;
    this.audit = audit;
    this.secureCookies = secureCookies;
  }

  List<Operation> operations() {
    return List.of(
        Operation.open("createSession", this::create),
        Operation.of("deleteSession", Role.VIEWER, this::delete),
        Operation.of("getMe", Role.VIEWER, this::me),
        Operation.of("changeMyPassword", Role.VIEWER, this::changePassword));
  }

  /** Name and password. */
  record NamePassword(String username, String password) {}

  /** Who is signed in. */
  record Me(
      String username,
      String displayName,
      Set<Role> roles,
      Set<String> groups,
      @Nullable Set<String> sites,
      boolean passwordChangeDue,
      @Nullable String csrfToken,
      @Nullable Instant sessionExpiresAt) {

    static Me of(Principal principal, boolean changeDue, @Nullable Session session) {
      return new Me(
          principal.username(),
          principal.displayName(),
          new TreeSet<>(principal.roles()),
          new TreeSet<>(principal.groups()),
          principal.sites() == null ? null : new TreeSet<>(principal.sites()),
          changeDue,
          session == null ? null : session.csrfToken(),
          session == null ? null : session.expiresAt());
    }
  }

  private ApiResponse create(ApiRequest request) {
    NamePassword given = request.json(NamePassword.class);
    SignIn.SignedIn in =
        signIn.signIn(given.username(), given.password(), request.origin().address());
    Account account = in.account();
    Principal principal = account.principal(Role.expand(account.roles()), Principal.Door.SESSION);
    return ApiResponse.created(
            "/api/v1/sessions/current", Me.of(principal, account.passwordChangeDue(), in.session()))
        .withHeader("Set-Cookie", cookie(in.session()));
  }

  private String cookie(Session session) {
    return "%s=%s; Max-Age=%d%s%s"
        .formatted(
            Authenticator.SESSION_COOKIE,
            session.cookie(),
            Sessions.LIFETIME.toSeconds(),
            ATTRIBUTES,
            secureCookies ? "; Secure" : "");
  }

  private ApiResponse delete(ApiRequest request) {
    sessionCookie(request)
        .ifPresent(
            cookie ->
                database.inTransaction(
                    tx -> {
                      sessions.end(tx, cookie);
                      String name = request.principal().username();
                      audit.record(tx, name, "session.end", "user", name);
                    }));
    return ApiResponse.done()
        .withHeader("Set-Cookie", Authenticator.SESSION_COOKIE + "=; Max-Age=0" + ATTRIBUTES);
  }

  private ApiResponse me(ApiRequest request) {
    Principal principal = request.principal();
    boolean changeDue =
        accounts
            .byId(database.jooq(), principal.accountId())
            .map(Account::passwordChangeDue)
            .orElse(false);
    Session session =
        principal.door() == Principal.Door.SESSION
            ? sessionCookie(request)
                .flatMap(cookie -> sessions.find(database.jooq(), cookie))
                .orElse(null)
            : null;
    return ApiResponse.ok(Me.of(principal, changeDue, session));
  }

  private ApiResponse changePassword(ApiRequest request) {
    String name = request.principal().username();
    if (name.equals(Account.LOCAL)) {
      throw ApiException.conflict("The account %s has no password.".formatted(name));
    }
    Account account =
        signIn.check(name, request.json().path("current").asString(), request.origin().address());
    String hash = passwords.hash(request.json().path("new").asString());
    byte[] kept = sessionCookie(request).map(RandomValues::hash).orElse(null);
    database.inTransaction(
        tx -> {
          accounts.setPassword(tx, account.id(), hash, false, kept);
          audit.record(tx, name, "password.change", "user", name);
        });
    return ApiResponse.done();
  }

  private static Optional<String> sessionCookie(ApiRequest request) {
    String prefix = Authenticator.SESSION_COOKIE + "=";
    return request
        .header("Cookie")
        .flatMap(
            header ->
                List.of(header.split(";\\s*")).stream()
                    .filter(cookie -> cookie.startsWith(prefix))
                    .map(cookie -> cookie.substring(prefix.length()))
                    .findFirst());
  }
}
