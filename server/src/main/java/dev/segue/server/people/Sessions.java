package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.SESSION;

import dev.segue.server.storage.jooq.segue.tables.records.SessionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The table of browser sessions. The database keeps only hashes of their cookies. */
final class Sessions {

  static final Duration LIFETIME = Duration.ofHours(12);

  private static final Duration IDLE = Duration.ofHours(4);
  private static final Duration NOTED = Duration.ofMinutes(1);

  private final Clock clock;

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /**
   * A session that goes on.
   *
   * @param cookie null where it was only looked up
   */
  record Session(UUID accountId, String csrfToken, Instant expiresAt, @Nullable String cookie) {}

  /** Begins a session, and removes all that have ended. */
  Session begin(DSLContext tx, UUID accountId) {
    Instant now = clock.instant();
    tx.deleteFrom(SESSION).where(SESSION.EXPIRES_AT.lt(now)).execute();
    String cookie = RandomValues.random();
    Session session = new Session(accountId, RandomValues.random(), now.plus(LIFETIME), cookie);
    tx.insertInto(SESSION)
        .set(SESSION.SESSION_HASH, RandomValues.hash(cookie))
        .set(SESSION.ACCOUNT_ID, accountId)
        .set(SESSION.CSRF_TOKEN, session.csrfToken())
        .set(SESSION.CREATED_AT, now)
        .set(SESSION.SEEN_AT, now)
        .set(SESSION.EXPIRES_AT, session.expiresAt())
        .execute();
    return session;
  }

  /** The session of a cookie, if it goes on, and notes that it was used. */
  Optional<Session> find(DSLContext tx, String cookie) {
    Instant now = clock.instant();
    Optional<SessionRecord> row = row(tx, cookie);
    row.filter(found -> found.getSeenAt().isBefore(now.minus(NOTED)))
        .ifPresent(
            found ->
                tx.update(SESSION)
                    .set(SESSION.SEEN_AT, now)
                    .where(SESSION.SESSION_HASH.eq(found.getSessionHash()))
                    .execute());
    return row.map(Sessions::read);
  }

  /** The session of a cookie, if it goes on. */
  Optional<Session> lookUp(DSLContext tx, String cookie) {
    return row(tx, cookie).map(Sessions::read);
  }

  private Optional<SessionRecord> row(DSLContext tx, String cookie) {
    Instant now = clock.instant();
    return tx.selectFrom(SESSION)
        .where(
            SESSION.SESSION_HASH.eq(RandomValues.hash(cookie)),
            SESSION.EXPIRES_AT.gt(now),
            SESSION.SEEN_AT.gt(now.minus(IDLE)))
        .fetchOptional();
  }

  private static Session read(SessionRecord row) {
    return new Session(row.getAccountId(), row.getCsrfToken(), row.getExpiresAt(), null);
  }

  void end(DSLContext tx, String cookie) {
    tx.deleteFrom(SESSION).where(SESSION.SESSION_HASH.eq(RandomValues.hash(cookie))).execute();
  }

  void endAll(DSLContext tx, UUID accountId) {
    tx.deleteFrom(SESSION).where(SESSION.ACCOUNT_ID.eq(accountId)).execute();
  }
}
