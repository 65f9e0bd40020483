package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.session.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tries a step on the server, in simulated mode. */
public final class StepTrial {

  private static final Duration ROUND_TRIP = Duration.ofSeconds(30);

  private StepTrial() {}

  /**
   * Tries a step and prints what came of it.
   *
   * @param type the step type
   * @param pluginVersion null for the one that serves
   * @return whether the step did its work
   */
  public static boolean run(
      Session session, String type, @Nullable String pluginVersion, TrialOptions options) {
    ApiClient api = session.api();
    ObjectNode body = options.body(session.terminal(), () -> api.get(ApiPath.of("steps", type)));
    if (pluginVersion != null) {
      body.put("pluginVersion", pluginVersion);
    }
    JsonNode trial =
        api.post(
            ApiPath.of("steps", type, "try"),
            body,
            Duration.ofSeconds(options.timeoutSeconds()).plus(ROUND_TRIP));
    if (session.out().isJson()) {
      session.out().json(trial);
    } else {
      TrialPage.print(session.out(), trial);
    }
    return TrialPage.succeeded(trial);
  }
}
