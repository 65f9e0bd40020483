package dev.segue.server.app;

import static dev.segue.server.storage.jooq.segue.Tables.SERVER;

import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other servers on the same database, and everybody who looks, that this one is there.
 */
final class Heartbeat implements AutoCloseable {

  /** After so long without a beat, a server counts as gone. */
  static final Duration GONE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Database database;
  private final UUID serverId;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("segue-heartbeat").factory());

  private Heartbeat(Database database, UUID serverId) {
    this.database = database;
    this.serverId = serverId;
  }

  /**
   * Says that a server runs no more, so that what it held is free at once.
   *
   * @param serverId a server of which that is certain
   */
  static void bury(Database database, UUID serverId) {
    database
        .jooq()
        .update(SERVER)
        .set(SERVER.STOPPED_AT, DSL.currentInstant())
        .where(SERVER.SERVER_ID.eq(serverId), SERVER.STOPPED_AT.isNull())
        .execute();
  }

  /** Says that this server has started, and goes on saying that it is there. */
  static Heartbeat start(Database database, UUID serverId, String host, String version) {
    database
        .jooq()
        .insertInto(SERVER)
        .set(SERVER.SERVER_ID, serverId)
        .set(SERVER.HOST, host)
        .set(SERVER.VERSION, version)
        .execute();
    Heartbeat heartbeat = new Heartbeat(database, serverId);
    heartbeat.timer.scheduleAtFixedRate(
        heartbeat::beat, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  private void beat() {
    try {
      database
          .jooq()
          .update(SERVER)
          .set(SERVER.HEARTBEAT_AT, DSL.currentInstant())
          .where(SERVER.SERVER_ID.eq(serverId))
          .execute();
    } catch (DataAccessException e) {
      LOG.debug("no heartbeat: {}", e.getMessage());
    }
  }

  /** Says that this server has stopped. */
  @Override
  public void close() {
    timer.shutdownNow();
    bury(database, serverId);
  }
}
