package dev.segue.server.storage;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.postgresql.util.PasswordUtil;

/**
 * The login roles that Segue makes beside its own. Their passwords are random, made once, and kept
 * in {@code segue.database_role}, so that all servers on one database know the same. Roles belong
 * to a whole PostgreSQL server: give each Segue one of its own.
 */
public final class Roles {

  /** The role of the exporter inside the broker; its rights are in the migrations. */
  public static final String EXPORTER = "segue_exporter";

  private static final int PASSWORD_BYTES = 24;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final String NO_RIGHT = "42501";

  private final Database database;

  /** Works on a migrated database. */
  public Roles(Database database) {
    this.database = database;
  }

  /**
   * Lets the exporter's role sign in.
   *
   * @return the database's address for that role
   * @throws StorageException if this database doesn't allow Segue to, with the SQL that an
   *     administrator can run instead
   */
  public DatabaseAddress exporter() {
    return ensure(EXPORTER);
  }

  /** Makes a login role with the password in the book of roles, each on first use. */
  DatabaseAddress ensure(String role) {
    String password = password(role);
    DatabaseAddress address = database.address().as(role, password);
    if (!signsIn(address)) {
      String verifier = PasswordUtil.encodeScramSha256(password.toCharArray());
      try {
        database.inTransaction(context -> make(context, role, verifier));
      } catch (DataAccessException e) {
        throw NO_RIGHT.equals(e.sqlState()) ? notAllowed(role, verifier, e) : e;
      }
    }
    return address;
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** What an administrator runs where Segue may not create roles. */
  static String creationByHand(String role, String owner) {
    return "CREATE ROLE " + quoted(role) + " LOGIN; GRANT " + quoted(role) + " TO " + owner + ";";
  }

  private static void make(DSLContext context, String role, String verifier) {
    // Servers may ask for the same role at once, and CREATE ROLE has no IF NOT EXISTS.
    context.execute("select pg_advisory_xact_lock(hashtext('segue.database_role'))");
    if (context.fetch("select from pg_roles where rolname = ?", role).isEmpty()) {
      context.execute("create role " + quoted(role) + " login");
    }
    // The hash in place of the password, so that no log of statements ever holds the latter.
    context.execute("alter role " + quoted(role) + " login password '" + verifier + "'");
  }

  private StorageException notAllowed(String role, String verifier, DataAccessException cause) {
    String owner = quoted(database.address().user());
    return new StorageException(
        "The database at "
            + database.address().url()
            + " doesn't let Segue make the role "
            + role
            + ". Have an administrator run: ALTER ROLE "
            + owner
            + " CREATEROLE; or, for this role alone (drop it first if it exists): "
            + creationByHand(role, owner)
            + " ALTER ROLE "
            + quoted(role)
            + " PASSWORD '"
            + verifier
            + "';",
        cause);
  }

  private String password(String role) {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    database
        .jooq()
        .execute(
            "insert into segue.database_role (name, password) values (?, ?)"
                + " on conflict do nothing",
            role,
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    return database
        .jooq()
        .fetchSingle("select password from segue.database_role where name = ?", role)
        .get(0, String.class);
  }

  private static boolean signsIn(DatabaseAddress address) {
    try (Connection connection = Sessions.open(address, "segue-check", ANSWER)) {
      return connection.isValid(Math.toIntExact(ANSWER.toSeconds()));
    } catch (SQLException e) {
      // Missing, or with another password: made right by the caller, or explained there.
      return false;
    }
  }
}
