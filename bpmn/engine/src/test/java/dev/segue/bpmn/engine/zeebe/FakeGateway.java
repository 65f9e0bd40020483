package dev.segue.bpmn.engine.zeebe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The outside of a cluster behind TLS and OAuth: gRPC, REST and the token server. */
final class FakeGateway implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("Authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** What came in: gRPC calls with their authorization, REST calls likewise, token requests. */
  final List<String> seen = new CopyOnWriteArrayList<>();

  /** How the next commands to create an instance end, before they succeed. */
  final Deque<Status> createFailures = new ArrayDeque<>();

  volatile String version = "8.5.8";
  volatile int tokenStatus = 200;

  private final Server grpc;
  private final HttpsServer rest;
  private final HttpServer tokenServer;

  FakeGateway(TestCertificate certificate) throws Exception {
    grpc =
        Grpc.newServerBuilderForPort(
                0,
                TlsServerCredentials.create(
                    certificate.chain().toFile(), certificate.key().toFile()))
            .intercept(new Authorizations())
            .addService(new Service())
            .build()
            .start();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    rest = HttpsServer.create(anyPort, 0);
    rest.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    rest.createContext("/", this::answerRest);
    rest.start();
    tokenServer = HttpServer.create(anyPort, 0);
    tokenServer.createContext("/token", this::answerToken);
    tokenServer.start();
  }

  URI restAddress() {
    return URI.create("https://127.0.0.1:" + rest.getAddress().getPort());
  }

  String engineAddress() {
    return "zeebes://127.0.0.1:" + grpc.getPort();
  }

  URI tokenUrl() {
    return URI.create("http://127.0.0.1:" + tokenServer.getAddress().getPort() + "/token");
  }

  private void answerRest(HttpExchange exchange) throws IOException {
    seen.add(
        "%s %s with %s: %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                text(exchange)));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void answerToken(HttpExchange exchange) throws IOException {
    seen.add("token for " + text(exchange));
    byte[] body =
        "{\"access_token\":\"t-1\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(tokenStatus, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    grpc.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    rest.stop(0);
    tokenServer.stop(0);
  }

  private final class Authorizations implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      seen.add(
          call.getMethodDescriptor().getBareMethodName() + " with " + headers.get(AUTHORIZATION));
      return next.startCall(call, headers);
    }
  }

  private final class Service extends GatewayGrpc.GatewayImplBase {
    @Override
    public void topology(TopologyRequest request, StreamObserver<TopologyResponse> answer) {
      answer.onNext(TopologyResponse.newBuilder().setGatewayVersion(version).build());
      answer.onCompleted();
    }

    @Override
    public void createProcessInstance(
        CreateProcessInstanceRequest request,
        StreamObserver<CreateProcessInstanceResponse> answer) {
      Status failure;
      synchronized (createFailures) {
        failure = createFailures.poll();
      }
      if (failure != null) {
        answer.onError(failure.asRuntimeException());
        return;
      }
      answer.onNext(CreateProcessInstanceResponse.newBuilder().setProcessInstanceKey(42).build());
      answer.onCompleted();
    }
  }
}
