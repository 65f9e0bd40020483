package dev.segue.server.people;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Accounts, for administrators. */
final class UserOperations {

  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final SignInLimit limit;
  private final Audit audit;
  private final Clock clock;

  UserOperations(
      Database database,
      Accounts accounts,
      Sessions sessions,
      Passwords passwords,
      SignInLimit limit,
      Audit audit,
      Clock clock) {
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.limit = limit;
    this.audit = audit;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listUsers", Role.ADMIN, this::list),
        Operation.of("createUser", Role.ADMIN, this::create),
        Operation.of("getUser", Role.ADMIN, this::get),
        Operation.of("patchUser", Role.ADMIN, this::patch),
        Operation.of("resetUserPassword", Role.ADMIN, this::resetPassword));
  }

  /** An account as the API shows it. */
  record User(
      String username,
      String displayName,
      @Nullable String email,
      List<Role> roles,
      @Nullable List<String> sites,
      List<String> groups,
      boolean disabled,
      boolean passwordChangeDue,
      int version,
      Instant createdAt,
      Instant updatedAt) {

    static User of(Account account) {
      return new User(
          account.username(),
          account.displayName(),
          account.email(),
          account.roles(),
          account.sites(),
          account.groups(),
          account.disabled(),
          account.passwordChangeDue(),
          account.version(),
          account.createdAt(),
          account.updatedAt());
    }
  }

  /** An account to add. */
  record NewUser(
      String username,
      String password,
      @Nullable String displayName,
      @Nullable String email,
      List<Role> roles,
      @Nullable List<String> sites,
      @Nullable List<String> groups) {}

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(accounts.list(database.jooq(), request.page()).map(User::of));
  }

  private ApiResponse get(ApiRequest request) {
    Account account = find(database.jooq(), request.path("username"));
    return ApiResponse.ok(User.of(account)).withVersion(account.version());
  }

  private ApiResponse create(ApiRequest request) {
    NewUser wanted = request.json(NewUser.class);
    Instant now = clock.instant();
    Account account =
        new Account(
            UUID.randomUUID(),
            wanted.username(),
            wanted.displayName() == null ? wanted.username() : wanted.displayName(),
            wanted.email(),
            passwords.hash(wanted.password()),
            wanted.roles(),
            wanted.sites(),
            wanted.groups() == null ? List.of() : wanted.groups(),
            false,
            true,
            1,
            now,
            now);
    database.inTransaction(
        tx -> {
          if (!accounts.insert(tx, account)) {
            throw ApiException.conflict(
                "There is already an account %s. Choose another name, or edit that one."
                    .formatted(account.username()));
          }
          record(tx, request, "user.create", account);
        });
    return ApiResponse.created("/api/v1/users/" + account.username(), User.of(account))
        .withVersion(1);
  }

  private ApiResponse patch(ApiRequest request) {
    int version = request.requireIfMatch();
    Account changed =
        database.transaction(
            tx -> {
              int administrators = accounts.administrators(tx);
              Account before = find(tx, request.path("username"));
              refuseLocal(before);
              Account after = patched(before, request.json());
              if (isAdministrator(before) && !isAdministrator(after) && administrators == 1) {
                throw ApiException.conflict(
                    "%s is the last administrator. Make somebody else one first."
                        .formatted(before.username()));
              }
              if (!accounts.update(tx, after, version)) {
                throw ApiException.edited("The account " + before.username());
              }
              if (after.disabled()) {
                sessions.endAll(tx, after.id());
              }
              record(tx, request, "user.change", after);
              return find(tx, after.username());
            });
    return ApiResponse.ok(User.of(changed)).withVersion(changed.version());
  }

  private Account patched(Account account, ObjectNode patch) {
    return new Account(
        account.id(),
        account.username(),
        patch.path("displayName").asString(account.displayName()),
        patch.has("email") ? patch.path("email").asStringOpt().orElse(null) : account.email(),
        account.passwordHash(),
        patch.has("roles")
            ? texts(patch.path("roles")).stream().map(Role::of).toList()
            : account.roles(),
        patch.has("sites")
            ? (patch.path("sites").isNull() ? null : texts(patch.path("sites")))
            : account.sites(),
        patch.has("groups") ? texts(patch.path("groups")) : account.groups(),
        patch.path("disabled").asBoolean(account.disabled()),
        account.passwordChangeDue(),
        account.version(),
        account.createdAt(),
        clock.instant());
  }

  private ApiResponse resetPassword(ApiRequest request) {
    boolean random = !request.json().has("password");
    String password = random ? RandomValues.password() : request.json().path("password").asString();
    String hash = passwords.hash(password);
    String name =
        database.transaction(
            tx -> {
              Account account = find(tx, request.path("username"));
              refuseLocal(account);
              accounts.setPassword(tx, account.id(), hash, true, null);
              limit.lift(tx, account.username());
              record(tx, request, "password.reset", account);
              return account.username();
            });
    return ApiResponse.ok(
        random ? Map.of("username", name, "password", password) : Map.of("username", name));
  }

  private void record(DSLContext tx, ApiRequest request, String action, Account account) {
    ObjectNode detail = Json.object();
    detail.set("roles", Json.tree(account.roles()));
    detail.put("disabled", account.disabled());
    audit.record(
        tx,
        new AuditEntry(request.principal().username(), action, "user", account.username(), detail));
  }

  private Account find(DSLContext tx, String username) {
    return accounts
        .byName(tx, username)
        .orElseThrow(() -> ApiException.notFound("account", username));
  }

  private static void refuseLocal(Account account) {
    if (account.isLocal()) {
      throw ApiException.conflict(
          "The account %s belongs to the command line on the server's machine and can't be edited."
              .formatted(account.username()));
    }
  }

  private static boolean isAdministrator(Account account) {
    return account.roles().contains(Role.ADMIN) && !account.disabled();
  }

  private static List<String> texts(JsonNode array) {
    return Arrays.asList(Json.mapper().treeToValue(array, String[].class));
  }
}
