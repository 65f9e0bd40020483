package dev.segue.server.http;

import dev.segue.server.http.ApiRequest.Body;
import dev.segue.server.http.ApiRequest.Origin;
import dev.segue.server.http.ApiRequest.Params;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of a call through an operation that has a gate: the gate says how much body it takes, the
 * body is read up to that, the handler gets it as it came.
 */
final class GatedRoute {

  /** Senders that aren't known yet must not fill the memory with what they begin to send. */
  private static final long MOST_AT_ONCE = 64L << 20;

  private final ContractOperation contract;
  private final Operation.Gate gate;
  private final Operation.Handler handler;
  private final Offload offload;
  private final Replies replies;
  private final AtomicLong atOnce = new AtomicLong();

  GatedRoute(
      ContractOperation contract,
      Operation.Gate gate,
      Operation.Handler handler,
      Offload offload,
      Replies replies) {
    this.contract = contract;
    this.gate = gate;
    this.handler = handler;
    this.offload = offload;
    this.replies = replies;
  }

  void mount(Router router) {
    HttpMethod method = HttpMethod.valueOf(contract.method());
    router.route(method, contract.routePath()).handler(this::admit);
    router.route(method, contract.routePath()).handler(this::answer);
  }

  private void admit(RoutingContext context) {
    context.request().pause();
    offload.call(context, () -> gate.admit(head(context)), limit -> read(context, limit));
  }

  private static Operation.Head head(RoutingContext context) {
    return new Operation.Head(
        context.pathParams(),
        OperationRoute.headers(context),
        context.request().remoteAddress().hostAddress());
  }

  private void read(RoutingContext context, int limit) {
    long reserved = reserved(context, limit);
    if (atOnce.addAndGet(reserved) > MOST_AT_ONCE) {
      atOnce.addAndGet(-reserved);
      replies.problem(
          context, ApiException.unavailable("Too much is being sent at once. Send it again."));
      return;
    }
    context.addEndHandler(ended -> atOnce.addAndGet(-reserved));
    BodyHandler.create(false).setBodyLimit(limit).handle(context);
    context.request().resume();
  }

  /** No more than was announced is ever read. */
  private static long reserved(RoutingContext context, int limit) {
    String length = context.request().getHeader("Content-Length");
    return length == null ? limit : Math.min(limit, Long.parseLong(length));
  }

  private void answer(RoutingContext context) {
    offload.call(
        context, () -> handler.handle(request(context)), answer -> replies.answer(context, answer));
  }

  private ApiRequest request(RoutingContext context) {
    byte[] bytes =
        context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    String mediaType = context.request().getHeader("Content-Type");
    return new ApiRequest(
        contract.id(),
        null,
        new Params(context.pathParams(), Map.of(), OperationRoute.headers(context)),
        new Body.Raw(mediaType == null ? "" : mediaType, bytes),
        new Origin(Replies.requestId(context), context.request().remoteAddress().hostAddress()));
  }
}
