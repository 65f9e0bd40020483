package dev.segue.server.app;

import static dev.segue.server.storage.jooq.segue.Tables.ALARM;
import static dev.segue.server.storage.jooq.segue.Tables.SERVER;

import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Contract;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** How Segue is, its alarms, and the contract itself. */
final class ServerOperations {

  private final Database database;
  private final Contract contract;
  private final Health health;
  private final Supplier<String> url;

  /**
   * Answers for this server.
   *
   * @param url where it listens, once it does
   */
  ServerOperations(Database database, Contract contract, Health health, Supplier<String> url) {
    this.database = database;
    this.contract = contract;
    this.health = health;
    this.url = url;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "getContract",
            Role.VIEWER,
            request -> ApiResponse.bytes("application/yaml", contract.source())),
        Operation.of("getStatus", Role.VIEWER, request -> ApiResponse.ok(status())),
        Operation.of("listAlarms", Role.VIEWER, this::alarms));
  }

  /** How Segue is. */
  record Status(
      String state,
      String version,
      String url,
      int openAlarms,
      List<Server> servers,
      List<Part> components) {}

  /** A server that shares the database. */
  record Server(String id, String host, String version, Instant startedAt, Instant heartbeatAt) {}

  /** A part of this server. */
  record Part(String name, String state, @Nullable String detail) {

    static Part of(Health.Component component) {
      return new Part(
          component.name(),
          component.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          component.detail());
    }
  }

  /** Something that needs attention. */
  record Alarm(
      UUID id,
      String kind,
      String subject,
      String severity,
      String message,
      Instant raisedAt,
      @Nullable Instant clearedAt) {}

  private Status status() {
    List<Health.Component> components = health.components();
    boolean ready = components.stream().allMatch(Health.Component::ready);
    boolean databaseAnswers =
        components.stream().anyMatch(part -> part.name().equals("database") && part.ready());
    return new Status(
        ready ? "ready" : "degraded",
        Version.CURRENT,
        url.get(),
        databaseAnswers ? database.jooq().fetchCount(ALARM, ALARM.CLEARED_AT.isNull()) : 0,
        databaseAnswers ? servers() : List.of(),
        components.stream().map(Part::of).toList());
  }

  private List<Server> servers() {
    return database
        .jooq()
        .selectFrom(SERVER)
        .where(
            SERVER.STOPPED_AT.isNull(), SERVER.HEARTBEAT_AT.gt(Instant.now().minus(Heartbeat.GONE)))
        .orderBy(SERVER.STARTED_AT)
        .fetch(
            row ->
                new Server(
                    row.getServerId().toString(),
                    row.getHost(),
                    row.getVersion(),
                    row.getStartedAt(),
                    row.getHeartbeatAt()));
  }

  private ApiResponse alarms(ApiRequest request) {
    PageRequest page = request.page();
    Condition open = request.flag("open") ? ALARM.CLEARED_AT.isNull() : DSL.noCondition();
    Condition after =
        page.after() == null
            ? DSL.noCondition()
            : DSL.row(ALARM.RAISED_AT, ALARM.ALARM_ID)
                .lt(page.after().instant(0), page.after().uuid(1));
    List<Alarm> rows =
        database
            .jooq()
            .selectFrom(ALARM)
            .where(open, after)
            .orderBy(ALARM.RAISED_AT.desc(), ALARM.ALARM_ID.desc())
            .limit(page.fetch())
            .fetch(
                row ->
                    new Alarm(
                        row.getAlarmId(),
                        row.getKind(),
                        row.getSubject(),
                        row.getSeverity(),
                        row.getMessage(),
                        row.getRaisedAt(),
                        row.getClearedAt()));
    return ApiResponse.ok(Page.of(rows, page, row -> Cursor.of(row.raisedAt(), row.id())));
  }
}
