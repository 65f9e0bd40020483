package dev.segue.server.http;

import dev.segue.server.http.ui.UiFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: {@code /health} and the pages for anybody, {@code /metrics} for who is signed
 * in, and the operations of the contract.
 */
public final class ApiServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int START_SECONDS = 30;
  private static final int DRAIN_SECONDS = 10;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /**
   * What the server is made of.
   *
   * @param operations at most one for each operation of the contract; those without one don't exist
   * @param ui the pages; may hold none
   */
  public record Parts(
      Contract contract,
      List<Operation> operations,
      Authenticator authenticator,
      IdempotencyStore idempotency,
      FaultExplainer faults,
      Readiness readiness,
      Metrics metrics,
      UiFiles ui) {
    public Parts {
      operations = List.copyOf(operations);
    }
  }

  /** The port is in use by another program. */
  public static final class PortTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    PortTakenException(String host, int port) {
      super("Port %d of %s is taken by another program.".formatted(port, host));
    }
  }

  private final ExecutorService handlers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
  private final Vertx vertx;
  private final Doorkeeper doorkeeper;
  private final Replies replies;
  private final EventStreams streams;
  private final HttpServer server;

  private ApiServer(ApiServerSettings settings, Parts parts) {
    this.vertx = parts.metrics().newVertx();
    this.doorkeeper = new Doorkeeper(parts.authenticator());
    this.replies = new Replies(parts.faults());
    this.streams = new EventStreams(vertx, handlers, doorkeeper, replies);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(settings.host())
                    .setPort(settings.port())
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setHttp2ClearTextEnabled(false)
                    .setCompressionSupported(true)
                    .setIdleTimeout(120)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .requestHandler(router(parts));
  }

  /**
   * Starts to listen.
   *
   * @throws PortTakenException if another program has the port
   * @throws IllegalStateException if operations and contract contradict each other
   */
  public static ApiServer start(ApiServerSettings settings, Parts parts) throws PortTakenException {
    ApiServer api = new ApiServer(settings, parts);
    try {
      await(api.server.listen(), START_SECONDS);
    } catch (ExecutionException e) {
      api.close();
      if (e.getCause() instanceof BindException) {
        throw new PortTakenException(settings.host(), settings.port());
      }
      throw new IllegalStateException("The HTTP server could not start.", e.getCause());
    } catch (TimeoutException e) {
      api.close();
      throw new IllegalStateException(
          "The HTTP server did not start within %d s.".formatted(START_SECONDS), e);
    }
    return api;
  }

  /**
   * Looks whether it could listen, before what takes longer is started.
   *
   * @throws PortTakenException if another program has the port
   */
  public static void expectFree(ApiServerSettings settings) throws PortTakenException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (BindException e) {
      throw new PortTakenException(settings.host(), settings.port());
    } catch (IOException e) {
      LOG.debug("whether {}:{} is free can't be told", settings.host(), settings.port(), e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Operations of the contract that nobody answers. */
  public static Set<String> unanswered(Contract contract, List<Operation> operations) {
    Set<String> ids = new TreeSet<>(contract.operationIds());
    operations.forEach(operation -> ids.remove(operation.id()));
    return ids;
  }

  /** Takes no more calls, ends streams, lets other calls finish for a while, then stops. */
  @Override
  public void close() {
    streams.close();
    try {
      await(server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS), DRAIN_SECONDS + 5);
      await(vertx.close(), DRAIN_SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the HTTP server did not stop in an orderly way", e);
    }
    handlers.shutdownNow();
  }

  private Router router(Parts parts) {
    Router router = Router.router(vertx);
    Offload offload = new Offload(vertx, handlers, replies);

    router.route().handler(Replies::begin);
    router.get("/health/live").handler(context -> Replies.plain(context, 200, "alive"));
    router
        .get("/health/ready")
        .handler(
            context ->
                offload.call(
                    context,
                    () -> parts.readiness().ready(),
                    ready ->
                        Replies.plain(context, ready ? 200 : 503, ready ? "ready" : "not ready")));
    router
        .get("/metrics")
        .handler(
            context ->
                offload.call(
                    context,
                    () -> {
                      doorkeeper.admit(
                          context.request(), new Operation.Access.AnyOf(Set.of(Role.VIEWER)));
                      return parts.metrics().scrape();
                    },
                    text -> Replies.text(context, Metrics.MEDIA_TYPE, text)));

    Map<String, Operation> byId = byId(parts);
    IdempotentCalls idempotent = new IdempotentCalls(parts.idempotency());
    for (ContractOperation contract : parts.contract().operations()) {
      Operation operation = byId.get(contract.id());
      if (operation == null) {
        continue;
      }
      if (operation.access() instanceof Operation.Access.Gated(Operation.Gate gate)) {
        new GatedRoute(contract, gate, operation.handler(), offload, replies).mount(router);
      } else {
        new OperationRoute(contract, operation, doorkeeper, idempotent, offload, replies, streams)
            .mount(router);
      }
    }
    router.route().handler(new UiRoute(parts.ui(), offload)::handle);
    router.errorHandler(404, context -> notFound(context, parts.contract(), replies));
    router.errorHandler(405, context -> notFound(context, parts.contract(), replies));
    router.route().failureHandler(replies::fail);
    return router;
  }

  private static Map<String, Operation> byId(Parts parts) {
    Map<String, Operation> byId = new HashMap<>();
    for (Operation operation : parts.operations()) {
      ContractOperation contract =
          parts
              .contract()
              .operation(operation.id())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "The contract has no operation %s.".formatted(operation.id())));
      if (contract.open() == (operation.access() instanceof Operation.Access.AnyOf)) {
        throw new IllegalStateException(
            "Contract and handler disagree whether %s needs a sign-in.".formatted(operation.id()));
      }
      if (byId.put(operation.id(), operation) != null) {
        throw new IllegalStateException("Two handlers answer %s.".formatted(operation.id()));
      }
    }
    return byId;
  }

  private static void notFound(RoutingContext context, Contract contract, Replies replies) {
    String path = context.normalizedPath();
    Set<String> methods = contract.methodsOf(path);
    ApiException problem;
    if (methods.isEmpty()) {
      problem = ApiException.notFound("There is nothing at %s.".formatted(path));
    } else {
      String allowed = String.join(", ", methods);
      problem =
          new ApiException(
              Problem.of(
                  405,
                  "method",
                  "Method not allowed",
                  "%s answers to %s, not to %s."
                      .formatted(path, allowed, context.request().method())),
              Map.of("Allow", allowed));
    }
    replies.problem(context, problem);
  }

  private static <T> T await(Future<T> future, int seconds)
      throws ExecutionException, TimeoutException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
