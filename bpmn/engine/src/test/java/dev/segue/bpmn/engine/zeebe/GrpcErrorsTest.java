package dev.segue.bpmn.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import io.grpc.Status;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrpcErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, NOT_FOUND",
    "ALREADY_EXISTS, CONFLICT",
    "FAILED_PRECONDITION, CONFLICT",
    "INVALID_ARGUMENT, INVALID",
    "PERMISSION_DENIED, DENIED",
    "UNAUTHENTICATED, DENIED",
    "RESOURCE_EXHAUSTED, UNAVAILABLE",
    "UNAVAILABLE, UNAVAILABLE",
    "DEADLINE_EXCEEDED, UNAVAILABLE",
    "INTERNAL, INTERNAL"
  })
  void everyStatusHasItsKind(Status.Code code, Kind kind) {
    assertThat(translate(code.toStatus().withDescription("why")).kind()).isEqualTo(kind);
  }

  @Test
  void theBrokersReasonIsGivenWithoutTheGatewaysWrapping() {
    EngineException refusal =
        translate(
            Status.NOT_FOUND.withDescription(
                "Command 'CREATE' rejected with code 'NOT_FOUND': no process with id 'x'"));

    assertThat(refusal).hasMessage("could not start process 'x': no process with id 'x'");
  }

  @Test
  void tooMuchIsToldFromTooBusy() {
    assertThat(
            translate(
                    Status.RESOURCE_EXHAUSTED.withDescription(
                        "gRPC message exceeds maximum size 4194304: 5000000"))
                .kind())
        .isEqualTo(Kind.TOO_LARGE);
    assertThat(
            translate(
                    Status.INTERNAL.withDescription(
                        "Command 'CREATE' rejected with code 'EXCEEDED_BATCH_RECORD_SIZE': big"))
                .kind())
        .isEqualTo(Kind.TOO_LARGE);
    EngineException busy =
        translate(Status.RESOURCE_EXHAUSTED.withDescription("writer buffer is full"));
    assertThat(busy.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(busy.uncertain()).isFalse();
  }

  @Test
  void aLostAnswerIsUncertainAndARefusedConnectionIsNot() {
    assertThat(translate(Status.DEADLINE_EXCEEDED).uncertain()).isTrue();
    assertThat(translate(Status.UNAVAILABLE.withDescription("io exception")).uncertain()).isTrue();
    assertThat(
            translate(
                    Status.UNAVAILABLE
                        .withDescription("io exception")
                        .withCause(new ConnectException("Connection refused")))
                .uncertain())
        .isFalse();
    assertThat(
            translate(
                    Status.UNAVAILABLE.withDescription(
                        "Expected to handle gRPC request, but the gateway does not know any partitions yet"))
                .uncertain())
        .isFalse();
  }

  @Test
  void aTokenThatCannotBeHadMeansThatNothingWasSent() {
    EngineException away =
        translate(Status.CANCELLED.withCause(new TokenException("server away", false, null)));
    assertThat(away.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(away.uncertain()).isFalse();

    assertThat(
            translate(Status.CANCELLED.withCause(new TokenException("wrong secret", true, null))))
        .returns(Kind.DENIED, EngineException::kind)
        .hasMessageContaining("OAuth settings");
  }

  private static EngineException translate(Status status) {
    return GrpcErrors.translate("start process 'x'", status.asRuntimeException());
  }
}
