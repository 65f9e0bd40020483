package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.ACCOUNT;
import static dev.segue.server.storage.jooq.segue.Tables.SESSION;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import dev.segue.server.storage.jooq.segue.tables.records.AccountRecord;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of accounts. Names are found whatever their case. */
final class Accounts {

  Optional<Account> byName(DSLContext tx, String username) {
    return tx.selectFrom(ACCOUNT).where(named(username)).fetchOptional(Accounts::read);
  }

  Optional<Account> byId(DSLContext tx, UUID id) {
    return tx.selectFrom(ACCOUNT).where(ACCOUNT.ACCOUNT_ID.eq(id)).fetchOptional(Accounts::read);
  }

  Page<Account> list(DSLContext tx, PageRequest page) {
    Condition after =
        page.after() == null
            ? DSL.noCondition()
            : DSL.lower(ACCOUNT.USERNAME).gt(page.after().part(0));
    List<Account> rows =
        tx.selectFrom(ACCOUNT)
            .where(after)
            .orderBy(DSL.lower(ACCOUNT.USERNAME))
            .limit(page.fetch())
            .fetch(Accounts::read);
    return Page.of(rows, page, account -> Cursor.of(lower(account.username())));
  }

  /**
   * Adds an account.
   *
   * @return false if the name is taken
   */
  boolean insert(DSLContext tx, Account account) {
    AccountRecord row = tx.newRecord(ACCOUNT);
    row.setAccountId(account.id());
    row.setUsername(account.username());
    row.setPasswordHash(account.passwordHash());
    row.setPasswordChangeDue(account.passwordChangeDue());
    row.setVersion(account.version());
    row.setCreatedAt(account.createdAt());
    fill(row, account);
    return tx.insertInto(ACCOUNT).set(row).onConflictDoNothing().execute() == 1;
  }

  /**
   * Writes what can be edited of an account.
   *
   * @return false if it isn't in the given version any more
   */
  boolean update(DSLContext tx, Account account, int version) {
    AccountRecord row = tx.newRecord(ACCOUNT);
    fill(row, account);
    row.setVersion(version + 1);
    return tx.update(ACCOUNT)
            .set(row)
            .where(ACCOUNT.ACCOUNT_ID.eq(account.id()), ACCOUNT.VERSION.eq(version))
            .execute()
        == 1;
  }

  /** Sets a password and ends the account's sessions, but for one. */
  void setPassword(
      DSLContext tx, UUID id, String hash, boolean changeDue, byte @Nullable [] keptSession) {
    tx.update(ACCOUNT)
        .set(ACCOUNT.PASSWORD_HASH, hash)
        .set(ACCOUNT.PASSWORD_CHANGE_DUE, changeDue)
        .set(ACCOUNT.UPDATED_AT, DSL.currentInstant())
        .where(ACCOUNT.ACCOUNT_ID.eq(id))
        .execute();
    tx.deleteFrom(SESSION)
        .where(SESSION.ACCOUNT_ID.eq(id))
        .and(keptSession == null ? DSL.noCondition() : SESSION.SESSION_HASH.ne(keptSession))
        .execute();
  }

  /** How many enabled accounts of people are administrators. Locks them until the commit. */
  int administrators(DSLContext tx) {
    return tx.select(ACCOUNT.ACCOUNT_ID)
        .from(ACCOUNT)
        .where(ACCOUNT.ROLES.contains(new String[] {Role.ADMIN.label()}))
        .and(ACCOUNT.DISABLED.isFalse())
        .and(ACCOUNT.USERNAME.ne(Account.LOCAL))
        .forUpdate()
        .fetch()
        .size();
  }

  private static void fill(AccountRecord row, Account account) {
    row.setDisplayName(account.displayName());
    row.setEmail(account.email());
    row.setRoles(labels(account.roles()));
    row.setSites(account.sites() == null ? null : account.sites().toArray(String[]::new));
    row.setGroups(account.groups().toArray(String[]::new));
    row.setDisabled(account.disabled());
    row.setUpdatedAt(account.updatedAt());
  }

  static String[] labels(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::label).toArray(String[]::new);
  }

  static List<Role> roles(String[] labels) {
    return Arrays.stream(labels).map(Role::of).toList();
  }

  private static Condition named(String username) {
    return DSL.lower(ACCOUNT.USERNAME).eq(lower(username));
  }

  private static String lower(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  static Account read(AccountRecord row) {
    return new Account(
        row.getAccountId(),
        row.getUsername(),
        row.getDisplayName(),
        row.getEmail(),
        row.getPasswordHash(),
        roles(row.getRoles()),
        row.getSites() == null ? null : List.of(row.getSites()),
        List.of(row.getGroups()),
        row.getDisabled(),
        row.getPasswordChangeDue(),
        row.getVersion(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
