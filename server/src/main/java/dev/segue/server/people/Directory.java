package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.ACCOUNT;

import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Whom there is to ask and to tell: the accounts of people that are enabled. Thread-safe. */
public final class Directory {

  private final Database database;
  private final Accounts accounts;

  Directory(Database database, Accounts accounts) {
    this.database = database;
    this.accounts = accounts;
  }

  /**
   * Somebody.
   *
   * @param principal what they may do when they sign in with their password
   * @param email where to write to them; null if nobody said
   */
  public record Person(Principal principal, @Nullable String email) {

    /** The unique name. */
    public String username() {
      return principal.username();
    }

    /** What people call them. */
    public String displayName() {
      return principal.displayName();
    }
  }

  /** Those who have a role, or one that includes it, by their display names. */
  public List<Person> with(Role role) {
    Set<Role> including = EnumSet.noneOf(Role.class);
    for (Role candidate : Role.values()) {
      if (Role.expand(Set.of(candidate)).contains(role)) {
        including.add(candidate);
      }
    }
    return database
        .jooq()
        .selectFrom(ACCOUNT)
        .where(DSL.arrayOverlap(ACCOUNT.ROLES, Accounts.labels(including)))
        .and(ACCOUNT.DISABLED.isFalse())
        .and(ACCOUNT.USERNAME.ne(Account.LOCAL))
        .orderBy(DSL.lower(ACCOUNT.DISPLAY_NAME), ACCOUNT.USERNAME)
        .fetch(row -> person(Accounts.read(row)));
  }

  /** Somebody by name, in upper or lower case. */
  public Optional<Person> find(DSLContext tx, String username) {
    return accounts
        .byName(tx, username)
        .filter(account -> !account.disabled() && !account.isLocal())
        .map(Directory::person);
  }

  private static Person person(Account account) {
    return new Person(
        account.principal(Set.copyOf(account.roles()), Principal.Door.SESSION), account.email());
  }
}
