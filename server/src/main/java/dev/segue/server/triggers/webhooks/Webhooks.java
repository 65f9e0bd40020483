package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.EventSample;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.TriggerKind;
import dev.segue.server.triggers.Triggers;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Triggers that start a run when another system calls. Thread-safe. */
public final class Webhooks implements TriggerKind {

  static final String KIND = "webhook";

  /** The variable that holds the event where nothing is mapped. */
  static final String EVENT = "event";

  private final Ground ground;
  private final WebhookSecrets secrets;
  private final EventReading reading;
  private final EventIntake intake;

  /**
   * What webhooks stand on.
   *
   * @param sites whether there is a site of that id
   */
  public record Ground(
      Database database,
      Triggers triggers,
      SecretStore secrets,
      Predicate<String> sites,
      Audit audit,
      MeterRegistry meters,
      InstantSource clock) {}

  /** Makes them known to the triggers. */
  public Webhooks(Ground ground) {
    this.ground = ground;
    this.secrets = new WebhookSecrets(ground.secrets());
    this.reading = new EventReading(ground.triggers().expressions(), ground.sites());
    this.intake = new EventIntake(ground.database(), ground.triggers().starts(), ground.clock());
    ground.triggers().register(this);
  }

  /** The door, and the operations besides those on all triggers. */
  public List<Operation> operations() {
    List<Operation> operations =
        new ArrayList<>(new WebhookOperations(ground, secrets).operations());
    operations.add(
        new WebhookDoor(
                ground.database(),
                ground.triggers(),
                secrets,
                reading,
                intake,
                new WebhookMeters(ground.meters()),
                ground.clock())
            .operation());
    return operations;
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public ObjectNode check(ObjectNode settings) {
    ObjectNode complete = WebhookSettings.complete(settings, ground.triggers().expressions());
    String site = WebhookSettings.read(complete).site();
    if (site != null && !ground.sites().test(site)) {
      throw ApiException.invalid("webhook.site", "There is no site %s.".formatted(site));
    }
    return complete;
  }

  @Override
  public @Nullable Set<String> sites(ObjectNode settings) {
    String site = WebhookSettings.read(settings).site();
    return site == null ? null : Set.of(site);
  }

  @Override
  public Set<String> brings() {
    return Set.of(EVENT);
  }

  @Override
  public List<String> warnings(DSLContext tx, Trigger trigger) {
    if (WebhookSettings.read(trigger.settings()).scheme() == Scheme.NONE) {
      return List.of(
          "Calls aren't signed: whoever knows the address can start runs. Choose another scheme.");
    }
    return secrets.exist(tx, trigger.id())
        ? List.of()
        : List.of(
            "It has no secret yet, so no call is accepted. Make one: segue triggers rotate-secret "
                + trigger.id());
  }

  @Override
  public EventSample sample(Trigger trigger, EventSample.Given given) {
    Map<String, String> headers = new HashMap<>(given.headers());
    if (given.content().has("specversion")) {
      headers.putIfAbsent("content-type", IncomingEvent.STRUCTURED);
    }
    WebhookSettings settings = WebhookSettings.read(trigger.settings());
    IncomingEvent event = IncomingEvent.of(headers, given.content(), ground.clock().instant());
    byte[] body = Json.text(given.content()).getBytes(StandardCharsets.UTF_8);
    EventReading.Understood understood = reading.read(settings, headers, event, body);
    ObjectNode variables = Json.object();
    if (trigger.mapping().isEmpty()) {
      variables.set(EVENT, understood.event());
    }
    return new EventSample(
        understood.scope(),
        variables,
        understood.site(),
        understood.key().text(),
        understood.businessKey(),
        understood.errors());
  }

  @Override
  public void saved(DSLContext tx, Trigger trigger) {}

  @Override
  public void removed(DSLContext tx, Trigger trigger) {
    secrets.remove(tx, trigger.id());
    intake.remove(tx, trigger.id());
  }

  @Override
  public void forgetBefore(DSLContext tx, Instant time) {
    intake.forgetBefore(tx, time);
  }
}
