package dev.segue.server.people;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Problem;
import dev.segue.server.people.Sessions.Session;
import dev.segue.server.storage.Database;
import java.util.Optional;

/** Lets people in by name and password. */
final class SignIn {

  private final Database database;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Passwords passwords;
  private final SignInLimit limit;
  private final Audit audit;

  SignIn(
      Database database,
      Accounts accounts,
      Sessions sessions,
      Passwords passwords,
      SignInLimit limit,
      Audit audit) {
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.limit = limit;
    this.audit = audit;
  }

  /** Somebody who has just signed in. */
  record SignedIn(Account account, Session session) {}

  /**
   * Signs somebody in.
   *
   * @throws ApiException 401 if name or password is wrong, 403 if the account is disabled, 429 if
   *     it failed too often
   */
  SignedIn signIn(String username, String password, String address) {
    Account account = check(username, password, address);
    if (account.disabled()) {
      throw ApiException.forbidden(
          "The account %s is disabled. Ask an administrator.".formatted(account.username()));
    }
    return database.transaction(
        tx -> {
          Session session = sessions.begin(tx, account.id());
          audit.record(tx, account.username(), "session.begin", "user", account.username());
          return new SignedIn(account, session);
        });
  }

  /** Insists on an account's password, with the same limit as for signing in. */
  Account check(String username, String password, String address) {
    limit.attempt(username, address);
    Optional<Account> account = accounts.byName(database.jooq(), username);
    if (account.isEmpty()) {
      passwords.resemble(password);
      throw wrong();
    }
    if (!passwords.matches(password, account.get().passwordHash())) {
      throw wrong();
    }
    limit.succeeded(username, address);
    return account.get();
  }

  private static ApiException wrong() {
    return new ApiException(
        Problem.of(
            401,
            "wrong-password",
            "Not signed in",
            "The name or the password is wrong. If it is forgotten, an administrator can set a new"
                + " one, or on the server's machine: segue users reset NAME."));
  }
}
