package dev.segue.server.people;

import dev.segue.server.http.Authenticator;
import dev.segue.server.http.IdempotencyStore;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/** Who may use Segue, and what they did. */
public final class People {

  private static final String FIRST_ADMINISTRATOR = "admin";
  private static final long LOCK = 0x5e90eadL;

  private final Database database;
  private final Clock clock;
  private final Accounts accounts = new Accounts();
  private final Passwords passwords = new Passwords();
  private final Sessions sessions;
  private final ApiTokens tokens;
  private final Audit audit;
  private final IdempotencyKeys idempotency;
  private final boolean secureCookies;

  /**
   * Works on that database.
   *
   * @param secureCookies whether browsers reach Segue by HTTPS alone
   */
  public People(Database database, Clock clock, boolean secureCookies) {
    this.database = database;
    this.clock = clock;
    this.secureCookies = secureCookies;
    this.sessions = new Sessions(clock);
    this.tokens = new ApiTokens(clock);
    this.audit = new Audit(database);
    this.idempotency = new IdempotencyKeys(database, clock);
  }

  /** The audit trail. */
  public Audit audit() {
    return audit;
  }

  /** Whom there is to ask and to tell. */
  public Directory directory() {
    return new Directory(database, accounts);
  }

  /** Recognises who calls. */
  public Authenticator authenticator() {
    return new PeopleAuthenticator(database, accounts, sessions, tokens);
  }

  /** The memory of repeated POSTs. */
  public IdempotencyStore idempotency() {
    return idempotency;
  }

  /** The operations of the contract that belong to people. */
  public List<Operation> operations() {
    SignInLimit limit = new SignInLimit(database, clock);
    SignIn signIn = new SignIn(database, accounts, sessions, passwords, limit, audit);
    return Stream.of(
            new SessionOperations(
                    database, accounts, sessions, passwords, signIn, audit, secureCookies)
                .operations(),
            new UserOperations(database, accounts, sessions, passwords, limit, audit, clock)
                .operations(),
            new TokenOperations(database, accounts, tokens, audit, clock).operations(),
            new AuditOperations(audit).operations())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Adds the administrator {@code admin} if there is no administrator, with a random password.
   *
   * @param keep told name and password before they are committed, to write them down; if it fails,
   *     nobody is added
   */
  public void ensureAdministrator(Consumer<FirstAdministrator> keep) {
    database.inTransaction(
        tx -> {
          tx.execute("select pg_advisory_xact_lock(?)", LOCK);
          if (accounts.administrators(tx) > 0) {
            return;
          }
          String password = RandomValues.password();
          Account admin =
              account(
                  FIRST_ADMINISTRATOR,
                  "Administrator",
                  passwords.hash(password),
                  List.of(Role.ADMIN));
          if (accounts.insert(tx, admin)) {
            keep.accept(new FirstAdministrator(FIRST_ADMINISTRATOR, password));
            audit.record(tx, AuditEntry.SERVER, "user.create", "user", FIRST_ADMINISTRATOR);
          }
        });
  }

  /** How to sign in for the first time. */
  public record FirstAdministrator(String username, String password) {
    @Override
    public String toString() {
      return "FirstAdministrator[" + username + ", ***]";
    }
  }

  /**
   * A new token for the command line on the server's own machine, which acts as the account {@code
   * local}. The one before, of the same home folder, ends.
   *
   * @param home names the home folder
   */
  public String newLocalToken(String home) {
    return database.transaction(
        tx -> {
          tx.execute("select pg_advisory_xact_lock(?)", LOCK);
          Account local = localAccount(tx);
          String name = "terminal " + home;
          tokens.delete(tx, local.id(), name);
          return tokens
              .create(tx, local, name, List.of(Role.ADMIN), null)
              .orElseThrow(() -> new IllegalStateException("the name was just freed"))
              .value();
        });
  }

  /** Forgets what nobody will ask for any more. To be called now and then. */
  public void tidy() {
    idempotency.forgetOld();
  }

  private Account localAccount(DSLContext tx) {
    return accounts
        .byName(tx, Account.LOCAL)
        .orElseGet(
            () -> {
              Account local =
                  account(
                      Account.LOCAL, "Terminal on the server", Passwords.NONE, List.of(Role.ADMIN));
              accounts.insert(tx, local);
              return local;
            });
  }

  private Account account(String name, String displayName, String hash, List<Role> roles) {
    Instant now = clock.instant();
    return new Account(
        UUID.randomUUID(),
        name,
        displayName,
        null,
        hash,
        roles,
        null,
        List.of(),
        false,
        false,
        1,
        now,
        now);
  }
}
