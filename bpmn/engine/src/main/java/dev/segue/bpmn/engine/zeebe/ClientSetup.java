package dev.segue.bpmn.engine.zeebe;

import io.camunda.client.CamundaClient;
import io.camunda.client.CamundaClientBuilder;
import io.camunda.client.api.JsonMapper;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Turns settings into Camunda's client. */
final class ClientSetup {

  private ClientSetup() {}

  static @Nullable OAuthTokens tokens(EngineSettings settings, JsonMapper json) {
    EngineSettings.OAuth oauth = settings.oauth();
    return oauth == null
        ? null
        : new OAuthTokens(
            oauth, TrustedHttp.also(settings.tls().caCertificate()), json, InstantSource.system());
  }

  static CamundaClient client(
      EngineSettings settings,
      JsonMapper json,
      @Nullable OAuthTokens tokens,
      ExecutorService handlers) {
    CamundaClientBuilder builder =
        CamundaClient.newClientBuilder()
            .applyEnvironmentVariableOverrides(false)
            .grpcAddress(settings.grpcAddress())
            .restAddress(settings.restAddress())
            .preferRestOverGrpc(false)
            .withJsonMapper(json)
            .defaultRequestTimeout(settings.requestTimeout())
            .useDefaultRetryPolicy(false)
            .withInterceptors(new Reconnect())
            .jobHandlingExecutor(handlers, false);
    if (settings.tls().caCertificate() != null) {
      builder.caCertificatePath(settings.tls().caCertificate().toString());
    }
    if (settings.tls().overrideAuthority() != null) {
      builder.overrideAuthority(settings.tls().overrideAuthority());
    }
    if (tokens != null) {
      builder.credentialsProvider(tokens);
    }
    return builder.build();
  }
}
