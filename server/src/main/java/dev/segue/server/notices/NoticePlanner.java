package dev.segue.server.notices;

import dev.segue.server.approvals.Approvals;
import dev.segue.server.approvals.WaitingApproval;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.notices.NoticeRows.Matter;
import dev.segue.server.people.Directory.Person;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what people are to be told of and whom. A matter and its notices are committed together, so
 * that any number of servers plan it once.
 */
final class NoticePlanner {

  /** The outbox kind of a notice to be sent; its ref is the notice's id. */
  static final String SEND = "notice.send";

  private static final Logger LOG = LoggerFactory.getLogger(NoticePlanner.class);

  private final Database database;
  private final NoticeRows rows;
  private final Approvals approvals;
  private final Outbox outbox;
  private final NoticeSettings settings;

  NoticePlanner(
      Database database,
      NoticeRows rows,
      Approvals approvals,
      Outbox outbox,
      NoticeSettings settings) {
    this.database = database;
    this.rows = rows;
    this.approvals = approvals;
    this.outbox = outbox;
    this.settings = settings;
  }

  /** Plans all that is due. */
  void run() {
    List<Matter> due = rows.due(database.jooq());
    while (!due.isEmpty()) {
      due.forEach(this::plan);
      due = rows.due(database.jooq());
    }
  }

  private void plan(Matter matter) {
    Optional<WaitingApproval> approval = approvals.waiting(matter.userTaskKey());
    database.inTransaction(
        tx -> {
          if (rows.plan(tx, matter)) {
            approval.ifPresent(waiting -> plan(tx, matter, waiting));
          }
        });
  }

  private void plan(DSLContext tx, Matter matter, WaitingApproval approval) {
    if (settings.email() != null) {
      approval.forWhom().forEach(person -> planEmail(tx, matter, person));
    }
    if (settings.chat() != null) {
      enqueue(tx, matter, Channel.CHAT, settings.chat());
    }
  }

  private void planEmail(DSLContext tx, Matter matter, Person person) {
    if (person.email() == null || person.email().isBlank()) {
      LOG.info(
          "{} isn't told of approval {}: the account has no email address",
          person.username(),
          matter.userTaskKey());
      return;
    }
    enqueue(tx, matter, Channel.EMAIL, person.username());
  }

  private void enqueue(DSLContext tx, Matter matter, Channel channel, String recipient) {
    outbox.enqueue(tx, SEND, rows.insert(tx, matter, channel, recipient).toString(), Json.object());
  }
}
