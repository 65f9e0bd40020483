package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.ACCOUNT;
import static dev.segue.server.storage.jooq.segue.Tables.API_TOKEN;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of API tokens. The database keeps only their hashes. */
final class ApiTokens {

  private static final String PREFIX = "segue_";
  private static final Duration NOTED = Duration.ofMinutes(1);

  private final Clock clock;

  ApiTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * A token, without its value.
   *
   * @param roles the most that it may have of its account's
   */
  record ApiToken(
      UUID id,
      UUID accountId,
      String username,
      String name,
      List<Role> roles,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  /** A token just made, with its value. */
  record NewToken(ApiToken token, String value) {}

  /**
   * Makes a token.
   *
   * @return empty if the account has a valid token of that name
   */
  Optional<NewToken> create(
      DSLContext tx, Account account, String name, List<Role> roles, @Nullable Instant expiresAt) {
    Instant now = clock.instant();
    String value = PREFIX + RandomValues.random();
    ApiToken token =
        new ApiToken(
            UUID.randomUUID(),
            account.id(),
            account.username(),
            name,
            roles,
            now,
            expiresAt,
            null,
            null);
    int inserted =
        tx.insertInto(API_TOKEN)
            .set(API_TOKEN.TOKEN_ID, token.id())
            .set(API_TOKEN.ACCOUNT_ID, account.id())
            .set(API_TOKEN.NAME, name)
            .set(API_TOKEN.TOKEN_HASH, RandomValues.hash(value))
            .set(API_TOKEN.ROLES, Accounts.labels(roles))
            .set(API_TOKEN.CREATED_AT, now)
            .set(API_TOKEN.EXPIRES_AT, expiresAt)
            .onConflictDoNothing()
            .execute();
    return inserted == 1 ? Optional.of(new NewToken(token, value)) : Optional.empty();
  }

  /** The valid token of that value, and notes that it was used. */
  Optional<ApiToken> find(DSLContext tx, String value) {
    Instant now = clock.instant();
    Optional<ApiToken> found = lookUp(tx, value);
    found
        .filter(
            token -> token.lastUsedAt() == null || token.lastUsedAt().isBefore(now.minus(NOTED)))
        .ifPresent(
            token ->
                tx.update(API_TOKEN)
                    .set(API_TOKEN.LAST_USED_AT, now)
                    .where(API_TOKEN.TOKEN_ID.eq(token.id()))
                    .execute());
    return found;
  }

  /** The valid token of that value. */
  Optional<ApiToken> lookUp(DSLContext tx, String value) {
    return select(tx)
        .and(API_TOKEN.TOKEN_HASH.eq(RandomValues.hash(value)))
        .and(API_TOKEN.REVOKED_AT.isNull())
        .and(API_TOKEN.EXPIRES_AT.isNull().or(API_TOKEN.EXPIRES_AT.gt(clock.instant())))
        .fetchOptional(ApiTokens::read);
  }

  Optional<ApiToken> byId(DSLContext tx, UUID id) {
    return select(tx).and(API_TOKEN.TOKEN_ID.eq(id)).fetchOptional(ApiTokens::read);
  }

  /** Valid and other tokens, newest first. */
  Page<ApiToken> list(DSLContext tx, @Nullable UUID accountId, PageRequest page) {
    Condition whose = accountId == null ? DSL.noCondition() : API_TOKEN.ACCOUNT_ID.eq(accountId);
    Condition after =
        page.after() == null
            ? DSL.noCondition()
            : DSL.row(API_TOKEN.CREATED_AT, API_TOKEN.TOKEN_ID)
                .lt(page.after().instant(0), page.after().uuid(1));
    List<ApiToken> rows =
        select(tx)
            .and(whose)
            .and(after)
            .orderBy(API_TOKEN.CREATED_AT.desc(), API_TOKEN.TOKEN_ID.desc())
            .limit(page.fetch())
            .fetch(ApiTokens::read);
    return Page.of(rows, page, token -> Cursor.of(token.createdAt(), token.id()));
  }

  void revoke(DSLContext tx, UUID id) {
    tx.update(API_TOKEN)
        .set(API_TOKEN.REVOKED_AT, clock.instant())
        .where(API_TOKEN.TOKEN_ID.eq(id), API_TOKEN.REVOKED_AT.isNull())
        .execute();
  }

  void delete(DSLContext tx, UUID accountId, String name) {
    tx.deleteFrom(API_TOKEN)
        .where(API_TOKEN.ACCOUNT_ID.eq(accountId), API_TOKEN.NAME.eq(name))
        .execute();
  }

  private static SelectConditionStep<Record> select(DSLContext tx) {
    return tx.select(API_TOKEN.asterisk(), ACCOUNT.USERNAME)
        .from(API_TOKEN)
        .join(ACCOUNT)
        .on(ACCOUNT.ACCOUNT_ID.eq(API_TOKEN.ACCOUNT_ID))
        .where();
  }

  private static ApiToken read(Record row) {
    return new ApiToken(
        row.get(API_TOKEN.TOKEN_ID),
        row.get(API_TOKEN.ACCOUNT_ID),
        row.get(ACCOUNT.USERNAME),
        row.get(API_TOKEN.NAME),
        Accounts.roles(row.get(API_TOKEN.ROLES)),
        row.get(API_TOKEN.CREATED_AT),
        row.get(API_TOKEN.EXPIRES_AT),
        row.get(API_TOKEN.LAST_USED_AT),
        row.get(API_TOKEN.REVOKED_AT));
  }
}
