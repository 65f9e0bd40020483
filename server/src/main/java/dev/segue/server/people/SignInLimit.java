package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.SIGN_IN_FAILURE;

import dev.segue.server.http.ApiException;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.jooq.segue.tables.records.SignInFailureRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Slows down who guesses passwords. A few failures are free; then a name and an address are each
 * blocked for a while that doubles. An attempt counts as failed until it turns out right, so that
 * attempts at the same time gain nothing.
 */
final class SignInLimit {

  private static final int FREE_FOR_NAME = 5;
  private static final int FREE_FOR_ADDRESS = 20;
  private static final Duration FIRST_BLOCK = Duration.ofSeconds(2);
  private static final Duration LONGEST_BLOCK = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 20;

  private final Database database;
  private final Clock clock;

  SignInLimit(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts an attempt as failed.
   *
   * @throws ApiException 429 if name or address is blocked; the attempt doesn't count then
   */
  void attempt(String username, String address) {
    database.inTransaction(
        tx -> {
          count(tx, name(username), FREE_FOR_NAME, "the account " + username);
          count(tx, address(address), FREE_FOR_ADDRESS, "the address " + address);
        });
  }

  /** Takes back what {@link #attempt} counted, and all before it. */
  void succeeded(String username, String address) {
    database
        .jooq()
        .deleteFrom(SIGN_IN_FAILURE)
        .where(SIGN_IN_FAILURE.SUBJECT.in(name(username), address(address)))
        .execute();
  }

  /** Lifts the block of a name. */
  void lift(DSLContext tx, String username) {
    tx.deleteFrom(SIGN_IN_FAILURE).where(SIGN_IN_FAILURE.SUBJECT.eq(name(username))).execute();
  }

  private void count(DSLContext tx, String subject, int free, String what) {
    Instant now = clock.instant();
    tx.insertInto(SIGN_IN_FAILURE)
        .set(SIGN_IN_FAILURE.SUBJECT, subject)
        .set(SIGN_IN_FAILURE.FAILURES, 0)
        .set(SIGN_IN_FAILURE.UPDATED_AT, now)
        .onConflict(SIGN_IN_FAILURE.SUBJECT)
        .doUpdate()
        .set(
            SIGN_IN_FAILURE.FAILURES,
            DSL.when(SIGN_IN_FAILURE.UPDATED_AT.lt(now.minus(FORGOTTEN)), 0)
                .otherwise(SIGN_IN_FAILURE.FAILURES))
        .execute();
    SignInFailureRecord row =
        tx.selectFrom(SIGN_IN_FAILURE)
            .where(SIGN_IN_FAILURE.SUBJECT.eq(subject))
            .forUpdate()
            .fetchSingle();
    if (row.getBlockedUntil() != null && row.getBlockedUntil().isAfter(now)) {
      Duration left = Duration.between(now, row.getBlockedUntil());
      throw ApiException.tooMany(
          "Too many wrong passwords for %s. Try again in %d s."
              .formatted(what, left.toSeconds() + 1),
          left.plusSeconds(1));
    }
    int failures = row.getFailures() + 1;
    row.setFailures(failures);
    row.setUpdatedAt(now);
    row.setBlockedUntil(failures <= free ? null : now.plus(block(failures - free)));
    row.store();
  }

  static Duration block(int beyondFree) {
    long millis = FIRST_BLOCK.toMillis() << Math.min(MOST_DOUBLINGS, beyondFree - 1);
    return Duration.ofMillis(Math.min(millis, LONGEST_BLOCK.toMillis()));
  }

  private static String name(String username) {
    return "user:" + username.toLowerCase(Locale.ROOT);
  }

  private static String address(String address) {
    return "address:" + address;
  }
}
