package dev.segue.server.notices;

import dev.segue.runtime.StepDescriptor;
import dev.segue.sdk.Site;
import dev.segue.server.approvals.Approvals;
import dev.segue.server.approvals.WaitingApproval;
import dev.segue.server.connections.ConnectionView;
import dev.segue.server.connections.Connections;
import dev.segue.server.events.Alarms;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.http.Json;
import dev.segue.server.plugins.StepCatalog;
import dev.segue.server.steps.Errand;
import dev.segue.server.steps.ErrandOutcome;
import dev.segue.server.steps.HostSteps;
import dev.segue.server.steps.RunContext;
import dev.segue.server.steps.RunMode;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sends notices, each at most once, through a step of a plugin. */
final class NoticeSender implements OutboxHandler {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

  /** People aren't told; one open alarm for each connection. */
  private static final String ALARM = "notices";

  private final Database database;
  private final NoticeRows rows;
  private final Means means;
  private final NoticeSettings settings;
  private final InstantSource clock;

  /**
   * What a notice is made of and sent with.
   *
   * @param url of this server's pages, without a slash at its end
   */
  record Means(
      Approvals approvals,
      Connections connections,
      StepCatalog catalog,
      HostSteps steps,
      Function<String, Optional<Site>> sites,
      Supplier<String> url) {}

  NoticeSender(
      Database database,
      NoticeRows rows,
      Means means,
      NoticeSettings settings,
      InstantSource clock) {
    this.database = database;
    this.rows = rows;
    this.means = means;
    this.settings = settings;
    this.clock = clock;
  }

  /** Who is to be told by what. */
  private record Address(String connection, @Nullable String to) {}

  @Override
  public Outcome handle(Entry entry) throws InterruptedException {
    Notice notice = rows.find(database.jooq(), UUID.fromString(entry.ref())).orElse(null);
    if (notice == null || !notice.isWaiting()) {
      return OutboxHandler.done();
    }
    WaitingApproval approval = means.approvals().waiting(notice.userTaskKey()).orElse(null);
    Address address = approval == null ? null : address(notice, approval);
    if (approval == null || address == null) {
      return settle(notice, "unneeded", "It no longer waits for them, or they can't be told.");
    }
    return switch (send(notice, approval, address)) {
      case ErrandOutcome.Done done -> {
        Alarms.clear(database.jooq(), ALARM, subject(address));
        yield settle(notice, "sent", "");
      }
      case ErrandOutcome.Refused(String why) -> {
        alarm(address, failed(notice, address) + why);
        yield settle(notice, "refused", why);
      }
      case ErrandOutcome.InDoubt(String why) -> {
        LOG.warn("{}It may have arrived and isn't sent again. {}", failed(notice, address), why);
        yield settle(notice, "in_doubt", why);
      }
      case ErrandOutcome.Later(Duration after, String why) ->
          later(notice, address, after, why, entry.attempt());
    };
  }

  private Outcome later(Notice notice, Address address, Duration after, String why, int failures) {
    if (notice.createdAt().plus(settings.patience()).isBefore(clock.instant())) {
      alarm(
          address,
          failed(notice, address)
              + "It was tried for %d hours and is given up. Mend the connection; approvals show in Segue all the same. The last failure: %s"
                  .formatted(settings.patience().toHours(), why));
      return settle(notice, "given_up", why);
    }
    if (failures == 1) {
      LOG.warn("{}It is tried again. {}", failed(notice, address), why);
    }
    Duration pause = settings.pause(failures);
    return OutboxHandler.again(after.compareTo(pause) > 0 ? after : pause);
  }

  private Outcome settle(Notice notice, String state, String detail) {
    rows.settle(database.jooq(), notice, state, detail);
    return OutboxHandler.done();
  }

  private void alarm(Address address, String message) {
    Alarms.raise(database.jooq(), ALARM, subject(address), message);
  }

  private static String subject(Address address) {
    return "connection " + address.connection();
  }

  private static String failed(Notice notice, Address address) {
    return "A notice of approval %d to %s could not be sent with the connection %s. "
        .formatted(notice.userTaskKey(), notice.recipient(), address.connection());
  }

  /** Where it goes, as things are now; null if the recipient need not or can't be told. */
  private @Nullable Address address(Notice notice, WaitingApproval approval) {
    return switch (notice.channel()) {
      case CHAT -> settings.chat() == null ? null : new Address(settings.chat(), null);
      case EMAIL ->
          approval.forWhom().stream()
              .filter(person -> person.username().equals(notice.recipient()))
              .findFirst()
              .map(person -> address(settings.email(), person.email()))
              .orElse(null);
    };
  }

  private static @Nullable Address address(@Nullable String connection, @Nullable String to) {
    return connection == null || to == null || to.isBlank() ? null : new Address(connection, to);
  }

  private ErrandOutcome send(Notice notice, WaitingApproval approval, Address address)
      throws InterruptedException {
    Optional<ConnectionView> connection = means.connections().find(address.connection());
    if (connection.isEmpty()) {
      return new ErrandOutcome.Later(
          Duration.ZERO, "There is no connection " + address.connection() + "; create it.");
    }
    Optional<StepDescriptor> step = means.catalog().find(settings.step());
    if (step.isEmpty()) {
      return new ErrandOutcome.Later(
          Duration.ZERO, "No plugin serves " + settings.step() + "; install or enable it.");
    }
    Optional<String> field = field(step.get(), connection.get());
    if (field.isEmpty()) {
      return new ErrandOutcome.Later(
          Duration.ZERO,
          "The step %s takes no connection of the type %s; choose another connection or notices.step."
              .formatted(settings.step(), connection.get().type()));
    }
    Optional<Site> site = Optional.ofNullable(approval.siteId()).flatMap(means.sites());
    NoticeText text =
        NoticeText.of(
            notice, approval, site, means.url().get() + "/approvals/" + approval.userTaskKey());
    ObjectNode input = Json.object().put(field.get(), address.connection());
    input.put("subject", text.subject()).put("text", text.text());
    if (address.to() != null) {
      input.put("to", address.to());
    }
    return means
        .steps()
        .run(
            new Errand(
                settings.step(),
                input,
                notice.key(),
                new RunContext(
                    approval.runId().toString(),
                    approval.processInstanceKey(),
                    approval.workflowId(),
                    RunMode.LIVE,
                    site,
                    Optional.empty()),
                approval.userTaskKey(),
                approval.elementId()));
  }

  private static Optional<String> field(StepDescriptor step, ConnectionView connection) {
    return step.connections().entrySet().stream()
        .filter(entry -> entry.getValue().equals(connection.type()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
