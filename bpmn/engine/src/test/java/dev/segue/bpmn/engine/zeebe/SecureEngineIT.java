package dev.segue.bpmn.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import dev.segue.bpmn.engine.Secret;
import dev.segue.bpmn.engine.StartCommand;
import io.grpc.Status;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster behind TLS and OAuth, and answers that get lost on the way. */
final class SecureEngineIT {

  private static TestCertificate certificate;
  private FakeGateway gateway;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    certificate = TestCertificate.make(folder);
  }

  @BeforeEach
  void start() throws Exception {
    gateway = new FakeGateway(certificate);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void everyCallCarriesTheOneTokenThroughTrustedTls() {
    try (Engine engine = ZeebeEngine.connect(settings())) {
      engine.start(StartCommand.latest("daily", "{}"));
      engine.completeTask(7, "{\"ok\":true}", "approve");
    }

    assertThat(gateway.seen)
        .containsExactly(
            "token for grant_type=client_credentials&client_id=segue&client_secret=s%26cret"
                + "&audience=zeebe-api",
            "CreateProcessInstance with Bearer t-1",
            "Topology with Bearer t-1",
            "POST /v1/user-tasks/7/completion with Bearer t-1:"
                + " {\"variables\":{\"ok\":true},\"action\":\"approve\"}");
  }

  @Test
  void newerGatewaysGetTheirUserTaskCommandsUnderTheirOwnVersion() {
    gateway.version = "8.7.1";
    try (Engine engine = ZeebeEngine.connect(settings())) {
      engine.unassign(7);
    }

    assertThat(gateway.seen).anyMatch(call -> call.startsWith("DELETE /v2/user-tasks/7/assignee"));
  }

  @Test
  void aGatewayOfAnotherNameIsTrustedWhenTheSettingsSaySo() {
    EngineSettings named =
        settings().withTls(new EngineSettings.Tls(certificate.chain(), "gateway.test"));
    try (Engine engine = ZeebeEngine.connect(named)) {
      assertThat(engine.topology().gatewayVersion()).isEqualTo("8.5.8");
    }
    EngineSettings wrong =
        settings().withTls(new EngineSettings.Tls(certificate.chain(), "other.test"));
    try (Engine engine = ZeebeEngine.connect(wrong)) {
      refused(engine::topology, Kind.UNAVAILABLE);
    }
  }

  @Test
  void anUnknownAuthorityIsNotTrusted() {
    try (Engine engine = ZeebeEngine.connect(settings().withTls(EngineSettings.Tls.SYSTEM))) {
      refused(engine::topology, Kind.UNAVAILABLE);
      assertThat(gateway.seen).noneMatch(call -> call.startsWith("Topology"));
    }
    assertThatThrownBy(
            () ->
                ZeebeEngine.connect(
                    settings().withTls(new EngineSettings.Tls(certificate.key(), null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(certificate.key().toString());
  }

  @Test
  void wrongCredentialsAreToldFromATokenServerThatIsAway() throws Exception {
    gateway.tokenStatus = 401;
    try (Engine engine = ZeebeEngine.connect(settings())) {
      refused(() -> engine.start(StartCommand.latest("daily", "{}")), Kind.DENIED)
          .hasMessageContaining("client 'segue'")
          .hasMessageContaining("OAuth settings");
      refused(() -> engine.unassign(7), Kind.DENIED);
    }

    URI nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/token");
    }
    EngineSettings away =
        settings()
            .withOAuth(oauth(nobody))
            .withTimeouts(Duration.ofSeconds(4), Duration.ofSeconds(4));
    try (Engine engine = ZeebeEngine.connect(away)) {
      refused(() -> engine.start(StartCommand.latest("daily", "{}")), Kind.UNAVAILABLE)
          .returns(false, EngineException::uncertain);
    }
  }

  @Test
  void aStartIsRepeatedWhenRefusedForLoadButNotWhenItsAnswerIsLost() {
    gateway.createFailures.addAll(List.of(Status.RESOURCE_EXHAUSTED, Status.RESOURCE_EXHAUSTED));
    try (Engine engine = ZeebeEngine.connect(settings())) {
      assertThat(engine.start(StartCommand.latest("daily", "{}")).processInstanceKey())
          .isEqualTo(42);
      assertThat(creates()).isEqualTo(3);

      gateway.createFailures.add(Status.UNAVAILABLE);
      refused(() -> engine.start(StartCommand.latest("daily", "{}")), Kind.UNAVAILABLE)
          .returns(true, EngineException::uncertain);
      assertThat(creates()).isEqualTo(4);
    }
  }

  private long creates() {
    return gateway.seen.stream().filter(c -> c.startsWith("CreateProcessInstance")).count();
  }

  private EngineSettings settings() {
    return EngineSettings.of(gateway.engineAddress(), gateway.restAddress())
        .withTls(new EngineSettings.Tls(certificate.chain(), null))
        .withOAuth(oauth(gateway.tokenUrl()));
  }

  private static EngineSettings.OAuth oauth(URI tokenUrl) {
    return new EngineSettings.OAuth(tokenUrl, "segue", Secret.of("s&cret"), "zeebe-api", null);
  }

  private static AbstractThrowableAssert<?, EngineException> refused(
      ThrowingCallable command, Kind kind) {
    return assertThatThrownBy(command)
        .asInstanceOf(throwable(EngineException.class))
        .returns(kind, EngineException::kind);
  }
}
