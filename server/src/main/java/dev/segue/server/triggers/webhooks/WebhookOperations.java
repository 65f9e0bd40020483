package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.triggers.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The operations on webhooks, besides those on all triggers. */
final class WebhookOperations {

  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
  private static final Pattern SECRET = Pattern.compile("[!-~]{16,200}");

  private final Webhooks.Ground ground;
  private final WebhookSecrets secrets;

  WebhookOperations(Webhooks.Ground ground, WebhookSecrets secrets) {
    this.ground = ground;
    this.secrets = secrets;
  }

  List<Operation> operations() {
    return List.of(Operation.of("rotateWebhookSecret", Role.DESIGNER, this::rotate));
  }

  private record Asked(@Nullable String secret, @Nullable Duration overlap) {}

  /**
   * A secret, shown this once.
   *
   * @param path where to call
   * @param formerValidUntil until when the one before holds; null if there was none
   */
  private record Made(String secret, String path, @Nullable Instant formerValidUntil) {}

  private ApiResponse rotate(ApiRequest request) {
    String id = request.path("trigger");
    Asked asked = request.json(Asked.class);
    String secret = asked.secret() == null ? secrets.generate() : asked.secret();
    if (!SECRET.matcher(secret).matches()) {
      throw ApiException.invalid(
          "secret", "A secret has 16 to 200 characters, letters, digits and signs alone.");
    }
    Duration overlap = asked.overlap() == null ? OVERLAP : asked.overlap();
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw ApiException.invalid(
          "overlap", "The former secret holds for up to %s.".formatted(LONGEST_OVERLAP));
    }
    String by = request.principal().username();
    Instant until =
        ground
            .database()
            .transaction(
                tx -> {
                  Trigger trigger =
                      ground
                          .triggers()
                          .lock(tx, id)
                          .filter(found -> found.kind().equals(Webhooks.KIND))
                          .orElseThrow(() -> ApiException.notFound("webhook", id));
                  ground.triggers().requireHands(request.principal(), trigger);
                  ObjectNode detail = Json.object().put("overlap", overlap.toString());
                  detail.put("brought", asked.secret() != null);
                  ground
                      .audit()
                      .record(tx, new AuditEntry(by, "trigger.secret", "trigger", id, detail));
                  return secrets.replace(tx, id, secret, overlap, by, ground.clock().instant());
                });
    return ApiResponse.created("/api/v1/triggers/" + id, new Made(secret, "/hooks/" + id, until));
  }
}
