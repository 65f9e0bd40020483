package dev.segue.server.notices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** The tables of notices. Every method takes the transaction it is part of. */
final class NoticeRows {

  private static final int AT_A_TIME = 100;

  /** What isn't planned yet: of live runs, and of hand-overs only the last. */
  private static final String DUE =
      """
      select user_task_key, reason from (
        select t.user_task_key, 'opened' as reason, t.created_at as since
        from history.user_task t where t.state = 'created'
        union all
        select t.user_task_key, 'overdue', t.due_at
        from history.user_task t where t.state = 'created' and t.due_at < now()
        union all
        select a.user_task_key, 'delegated:' || a.action_id, a.requested_at
        from (
          select distinct on (x.user_task_key) x.*
          from segue.approval_action x join history.user_task t using (user_task_key)
          where t.state = 'created' and x.error is null
          order by x.user_task_key, x.requested_at desc) a
        where a.action = 'delegate') as due
      where exists (
          select 1 from history.user_task t
          join segue.run r on r.process_instance_key = t.process_instance_key
          where t.user_task_key = due.user_task_key and r.mode = 'live')
        and not exists (
          select 1 from segue.notice_plan p
          where p.user_task_key = due.user_task_key and p.reason = due.reason)
      order by since limit %d\
      """
          .formatted(AT_A_TIME);

  /** Something to tell. */
  record Matter(long userTaskKey, String reason) {}

  List<Matter> due(DSLContext tx) {
    return tx.fetch(DUE).map(row -> new Matter(row.get(0, Long.class), row.get(1, String.class)));
  }

  /** Notes that a matter is taken care of; false if it was before. */
  boolean plan(DSLContext tx, Matter matter) {
    return tx.execute(
            """
            insert into segue.notice_plan (user_task_key, reason) values (?, ?)
            on conflict do nothing\
            """,
            matter.userTaskKey(),
            matter.reason())
        == 1;
  }

  UUID insert(DSLContext tx, Matter matter, Channel channel, String recipient) {
    UUID id = UUID.randomUUID();
    tx.execute(
        """
        insert into segue.notice (notice_id, user_task_key, reason, channel, recipient)
        values (?, ?, ?, ?, ?)\
        """,
        id,
        matter.userTaskKey(),
        matter.reason(),
        channel.label(),
        recipient);
    return id;
  }

  Optional<Notice> find(DSLContext tx, UUID id) {
    return tx.fetchOptional(
            """
            select notice_id, user_task_key, reason, channel, recipient, state, created_at
            from segue.notice where notice_id = ?\
            """,
            id)
        .map(
            row ->
                new Notice(
                    row.get(0, UUID.class),
                    row.get(1, Long.class),
                    row.get(2, String.class),
                    Channel.of(row.get(3, String.class)),
                    row.get(4, String.class),
                    row.get(5, String.class).equals("waiting"),
                    row.get(6, Instant.class)));
  }

  /** Notes how it ended. */
  void settle(DSLContext tx, Notice notice, String state, String detail) {
    tx.execute(
        "update segue.notice set state = ?, detail = ?, settled_at = now() where notice_id = ?",
        state,
        detail,
        notice.id());
  }
}
