package dev.segue.server.events;

import static dev.segue.server.storage.jooq.segue.Tables.OUTBOX;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code segue.outbox}. Times are the database's, so that servers' clocks may differ. */
final class OutboxRows {

  private static final int MAX_ERROR = 2_000;
  private static final ObjectMapper JSON = JsonMapper.shared();

  private final DSLContext db;
  private final UUID owner;
  private final Duration leaseTime;

  OutboxRows(DSLContext db, UUID owner, Duration lease) {
    this.db = db;
    this.owner = owner;
    this.leaseTime = lease;
  }

  /**
   * Adds entries, as a first attempt that this server has in hand if it takes the leases.
   *
   * @return their ids, in the same order
   */
  List<Long> insert(DSLContext tx, List<Outbox.Promise> promises, boolean lease) {
    return tx
        .fetch(
            """
            insert into segue.outbox (kind, ref, payload, attempts, lease_owner, lease_until)
            select p.kind, p.ref, p.payload::jsonb, l.attempts, l.owner,
              clock_timestamp() + l.millis * interval '1 millisecond'
            from unnest(?::text[], ?::text[], ?::text[]) with ordinality
                as p (kind, ref, payload, place),
              (values (?::int, ?::uuid, ?::bigint)) as l (attempts, owner, millis)
            order by p.place
            returning outbox_id\
            """,
            column(promises, Outbox.Promise::kind),
            column(promises, Outbox.Promise::ref),
            column(promises, promise -> promise.payload().toString()),
            lease ? 1 : 0,
            lease ? owner : null,
            lease ? leaseTime.toMillis() : null)
        .stream()
        .map(row -> row.get(0, Long.class))
        // Ids rise in the order of insertion; that of the answer isn't promised.
        .sorted()
        .toList();
  }

  private static String[] column(
      List<Outbox.Promise> promises, Function<Outbox.Promise, String> part) {
    return promises.stream().map(part).toArray(String[]::new);
  }

  /** Takes the lease of one entry, if it is due and nobody has it. */
  Optional<OutboxHandler.Entry> claim(long id) {
    return claim("outbox_id = ?", 1, id).stream().findFirst();
  }

  /** Takes the leases of the entries that have been due for longest. */
  List<OutboxHandler.Entry> claimDue(Collection<String> kinds, int most) {
    return claim("kind = any(?)", most, (Object) kinds.toArray(String[]::new));
  }

  private List<OutboxHandler.Entry> claim(String condition, int most, Object value) {
    return db.fetch(
            """
            update segue.outbox o
            set lease_owner = ?, lease_until = now() + ? * interval '1 millisecond',
                attempts = attempts + 1
            from (
              select outbox_id from segue.outbox
              where %s and next_attempt_at <= now() and (lease_until is null or lease_until < now())
              order by next_attempt_at, outbox_id limit ?
              for update skip locked) due
            where o.outbox_id = due.outbox_id
            returning o.outbox_id, o.kind, o.ref, o.payload::text, o.attempts\
            """
                .formatted(condition),
            owner,
            leaseTime.toMillis(),
            value,
            most)
        .map(OutboxRows::entry);
  }

  private static OutboxHandler.Entry entry(Record row) {
    return new OutboxHandler.Entry(
        row.get(0, Long.class),
        row.get(1, String.class),
        row.get(2, String.class),
        (ObjectNode) JSON.readTree(row.get(3, String.class)),
        row.get(4, Integer.class));
  }

  void renew(Collection<Long> ids) {
    db.execute(
        """
        update segue.outbox set lease_until = now() + ? * interval '1 millisecond'
        where lease_owner = ? and outbox_id = any(?)\
        """,
        leaseTime.toMillis(),
        owner,
        ids.toArray(Long[]::new));
  }

  static void delete(DSLContext db, Collection<Long> ids) {
    db.execute(
        "delete from segue.outbox where outbox_id = any(?)", (Object) ids.toArray(Long[]::new));
  }

  void postpone(long id, Duration after, String error) {
    db.execute(
        """
        update segue.outbox
        set lease_owner = null, lease_until = null, last_error = nullif(?, ''),
            next_attempt_at = now() + ? * interval '1 millisecond'
        where outbox_id = ? and lease_owner = ?\
        """,
        error.substring(0, Math.min(error.length(), MAX_ERROR)),
        after.toMillis(),
        id,
        owner);
  }

  /** Gives back the leases of what was interrupted, so that another server can go on at once. */
  void giveBack(Collection<Long> ids) {
    db.execute(
        """
        update segue.outbox set lease_owner = null, lease_until = null
        where lease_owner = ? and outbox_id = any(?)\
        """,
        owner,
        ids.toArray(Long[]::new));
  }

  long count() {
    return db.fetchCount(OUTBOX);
  }
}
