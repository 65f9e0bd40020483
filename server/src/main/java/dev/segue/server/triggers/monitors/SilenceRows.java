package dev.segue.server.triggers.monitors;

import dev.segue.server.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of silences. */
final class SilenceRows {

  private static final String COLUMNS =
      "select silence_id, labels, starts_at, ends_at, reason, author from segue.monitor_silence";

  /** When alerts of groups with these labels start no runs. */
  record Silence(
      long id, JsonNode labels, Instant startsAt, Instant endsAt, String reason, String author) {

    String reasonToSkip() {
      return "Silenced by %s until %s: %s".formatted(author, endsAt, reason);
    }
  }

  static String text(Map<String, String> labels) {
    ObjectNode object = Json.object();
    labels.forEach(object::put);
    return Json.text(object);
  }

  /** The silence of a group at a time. */
  Optional<Silence> of(DSLContext tx, String triggerId, String groupKey, Instant at) {
    return tx
        .fetch(
            COLUMNS
                + """
                 where trigger_id = ? and ?::jsonb @> labels
                  and starts_at <= ?::timestamptz and ends_at > ?::timestamptz
                order by ends_at desc limit 1\
                """,
            triggerId,
            groupKey,
            at.toString(),
            at.toString())
        .stream()
        .findFirst()
        .map(SilenceRows::read);
  }

  /** A silence that has time and groups in common with another. */
  Optional<Silence> overlapping(
      DSLContext tx, String triggerId, String labels, Instant from, Instant to) {
    tx.execute("select 1 from segue.trigger where trigger_id = ? for update", triggerId);
    return tx
        .fetch(
            COLUMNS
                + """
                 where trigger_id = ? and starts_at < ?::timestamptz and ends_at > ?::timestamptz
                  and not exists (select 1 from jsonb_each(labels) a join jsonb_each(?::jsonb) b
                    on a.key = b.key and a.value <> b.value)
                order by ends_at desc limit 1\
                """,
            triggerId,
            to.toString(),
            from.toString(),
            labels)
        .stream()
        .findFirst()
        .map(SilenceRows::read);
  }

  Silence add(
      DSLContext tx,
      String triggerId,
      String labels,
      Instant from,
      Instant to,
      String reason,
      String author) {
    return read(
        tx.fetchSingle(
            """
            insert into segue.monitor_silence (trigger_id, labels, starts_at, ends_at, reason, author)
            values (?, ?::jsonb, ?::timestamptz, ?::timestamptz, ?, ?)
            returning silence_id, labels, starts_at, ends_at, reason, author\
            """,
            triggerId,
            labels,
            from.toString(),
            to.toString(),
            reason,
            author));
  }

  /** Those that aren't over, the next to end first. */
  List<Silence> list(DSLContext tx, String triggerId, Instant now) {
    return tx.fetch(
            COLUMNS
                + " where trigger_id = ? and ends_at > ?::timestamptz order by ends_at limit 500",
            triggerId,
            now.toString())
        .map(SilenceRows::read);
  }

  boolean end(DSLContext tx, String triggerId, long id, Instant now) {
    return tx.execute(
            """
            update segue.monitor_silence
            set ends_at = greatest(?::timestamptz, starts_at + interval '1 microsecond')
            where trigger_id = ? and silence_id = ? and ends_at > ?::timestamptz\
            """,
            now.toString(),
            triggerId,
            id,
            now.toString())
        == 1;
  }

  private static Silence read(Record row) {
    return new Silence(
        row.get(0, Long.class),
        Json.parse(row.get(1, String.class)),
        row.get(2, Instant.class),
        row.get(3, Instant.class),
        row.get(4, String.class),
        row.get(5, String.class));
  }
}
