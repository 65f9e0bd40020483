package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.IDEMPOTENCY_KEY;

import dev.segue.server.http.IdempotencyStore;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.jooq.segue.tables.records.IdempotencyKeyRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jooq.Condition;
import org.jooq.JSONB;

/** Keeps the answers to POSTs with an {@code Idempotency-Key} for a day. */
final class IdempotencyKeys implements IdempotencyStore {

  private static final Duration KEPT = Duration.ofDays(1);

  /** After this, a call without an answer is taken for one whose server died. */
  private static final Duration ABANDONED = Duration.ofMinutes(2);

  private final Database database;
  private final Clock clock;

  IdempotencyKeys(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Claim claim(Call call) {
    byte[] hash = HexFormat.of().parseHex(call.requestHash());
    return database.transaction(
        tx -> {
          Instant now = clock.instant();
          int inserted =
              tx.insertInto(IDEMPOTENCY_KEY)
                  .set(IDEMPOTENCY_KEY.ACTOR, call.actor())
                  .set(IDEMPOTENCY_KEY.OPERATION, call.operation())
                  .set(IDEMPOTENCY_KEY.KEY, call.key())
                  .set(IDEMPOTENCY_KEY.REQUEST_HASH, hash)
                  .set(IDEMPOTENCY_KEY.CREATED_AT, now)
                  .onConflictDoNothing()
                  .execute();
          if (inserted == 1) {
            return new Claim.Fresh();
          }
          IdempotencyKeyRecord before =
              tx.selectFrom(IDEMPOTENCY_KEY).where(is(call)).forUpdate().fetchOne();
          if (before == null) {
            return new Claim.InProgress();
          }
          if (!Arrays.equals(before.getRequestHash(), hash)) {
            return new Claim.UsedOtherwise();
          }
          return answeredOrTakenOver(before, now);
        });
  }

  private static Claim answeredOrTakenOver(IdempotencyKeyRecord before, Instant now) {
    if (before.getStatus() != null && before.getResponse() != null) {
      return new Claim.Answered(
          new Answer(before.getStatus(), Json.parse(before.getResponse().data())));
    }
    if (before.getCreatedAt().isAfter(now.minus(ABANDONED))) {
      return new Claim.InProgress();
    }
    before.setCreatedAt(now);
    before.store();
    return new Claim.Fresh();
  }

  @Override
  public void complete(Call call, Answer answer) {
    database
        .jooq()
        .update(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.STATUS, answer.status())
        .set(IDEMPOTENCY_KEY.RESPONSE, JSONB.jsonb(answer.response().toString()))
        .where(is(call))
        .execute();
  }

  @Override
  public void release(Call call) {
    database
        .jooq()
        .deleteFrom(IDEMPOTENCY_KEY)
        .where(is(call), IDEMPOTENCY_KEY.STATUS.isNull())
        .execute();
  }

  /** Forgets what is too old to be repeated. */
  void forgetOld() {
    database
        .jooq()
        .deleteFrom(IDEMPOTENCY_KEY)
        .where(IDEMPOTENCY_KEY.CREATED_AT.lt(clock.instant().minus(KEPT)))
        .execute();
  }

  private static Condition is(Call call) {
    return IDEMPOTENCY_KEY
        .ACTOR
        .eq(call.actor())
        .and(IDEMPOTENCY_KEY.OPERATION.eq(call.operation()))
        .and(IDEMPOTENCY_KEY.KEY.eq(call.key()));
  }
}
