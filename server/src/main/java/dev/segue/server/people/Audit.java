package dev.segue.server.people;

import static dev.segue.server.storage.jooq.segue.Tables.AUDIT;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.jooq.segue.tables.records.AuditRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The audit trail: append-only, and each entry carries a hash over itself and the one before it.
 * Thread-safe.
 */
public final class Audit {

  private static final long LOCK = 0x5e90e0a0d17L;
  private static final Duration VERIFY_TIMEOUT = Duration.ofMinutes(10);

  private final Database database;

  /** Works on that database. */
  public Audit(Database database) {
    this.database = database;
  }

  /**
   * Adds an entry in the caller's transaction. Until its commit no other transaction can add one,
   * so call this last.
   */
  public void record(DSLContext tx, AuditEntry entry) {
    tx.execute("select pg_advisory_xact_lock(?)", LOCK);
    tx.execute(
        """
        insert into segue.audit
          (at, actor, action, subject_kind, subject_id, detail, previous_hash, hash)
        select n.*, p.hash,
          segue.audit_hash(p.hash, n.at, n.actor, n.action, n.subject_kind, n.subject_id, n.detail)
        from
          (select clock_timestamp() as at, ?::text as actor, ?::text as action,
             ?::text as subject_kind, ?::text as subject_id, ?::jsonb as detail) n,
          (select coalesce((select hash from segue.audit order by seq desc limit 1), '\\x') as hash) p\
        """,
        entry.actor(),
        entry.action(),
        entry.subjectKind(),
        entry.subjectId(),
        entry.detail().toString());
  }

  /** Same as {@link #record(DSLContext, AuditEntry)}, with nothing more to know. */
  public void record(
      DSLContext tx, String actor, String action, String subjectKind, String subjectId) {
    record(tx, new AuditEntry(actor, action, subjectKind, subjectId, Json.object()));
  }

  /**
   * Whether the trail is whole.
   *
   * @param head the last entry's hash; null if there is no entry. Noted elsewhere, it lets one
   *     notice later that entries were cut off at the end
   * @param firstBroken the first entry that doesn't fit its hash or the entry before; null if none
   */
  public record Verification(
      boolean intact, long entries, @Nullable String head, @Nullable Long firstBroken) {}

  /** Reads the whole trail and checks every hash. */
  public Verification verify() {
    return database.transaction(VERIFY_TIMEOUT, Audit::verify);
  }

  private static Verification verify(DSLContext tx) {
    Record found =
        tx.fetchSingle(
            """
            select count(*), min(seq) filter (where broken),
              (select hash from segue.audit order by seq desc limit 1)
            from (
              select seq,
                previous_hash <> coalesce(lag(hash) over (order by seq), '\\x')
                or hash <> segue.audit_hash(
                  previous_hash, at, actor, action, subject_kind, subject_id, detail) as broken
              from segue.audit) checked\
            """);
    Long firstBroken = found.get(1, Long.class);
    byte[] head = found.get(2, byte[].class);
    return new Verification(
        firstBroken == null,
        found.get(0, Long.class),
        head == null ? null : HexFormat.of().formatHex(head),
        firstBroken);
  }

  /** What to list; null for whatever. */
  record Filter(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String subjectKind,
      @Nullable String subjectId,
      @Nullable Instant since) {}

  /** An entry as the API shows it. */
  record Shown(
      long seq,
      Instant at,
      String actor,
      String action,
      String subjectKind,
      String subjectId,
      JsonNode detail,
      String hash) {}

  /** Entries, newest first. */
  Page<Shown> list(Filter filter, PageRequest page) {
    Condition condition =
        DSL.and(
            matches(AUDIT.ACTOR, filter.actor()),
            matches(AUDIT.ACTION, filter.action()),
            matches(AUDIT.SUBJECT_KIND, filter.subjectKind()),
            matches(AUDIT.SUBJECT_ID, filter.subjectId()),
            filter.since() == null ? DSL.noCondition() : AUDIT.AT.ge(filter.since()),
            page.after() == null ? DSL.noCondition() : AUDIT.SEQ.lt(page.after().number(0)));
    List<Shown> rows =
        database
            .jooq()
            .selectFrom(AUDIT)
            .where(condition)
            .orderBy(AUDIT.SEQ.desc())
            .limit(page.fetch())
            .fetch(Audit::read);
    return Page.of(rows, page, shown -> Cursor.of(shown.seq()));
  }

  private static Condition matches(Field<String> field, @Nullable String value) {
    return value == null ? DSL.noCondition() : field.eq(value);
  }

  private static Shown read(AuditRecord row) {
    JSONB detail = row.getDetail();
    return new Shown(
        row.getSeq(),
        row.getAt(),
        row.getActor(),
        row.getAction(),
        row.getSubjectKind(),
        row.getSubjectId(),
        (ObjectNode) Json.parse(detail.data()),
        HexFormat.of().formatHex(row.getHash()));
  }
}
