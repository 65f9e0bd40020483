package dev.segue.server.http;

import dev.segue.server.http.ApiRequest.Body;
import dev.segue.server.http.ApiRequest.Origin;
import dev.segue.server.http.ApiRequest.Params;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call through one operation: let in before a byte of the body is read, body read up
 * to the limit, held against the contract, answered by the handler, written.
 */
final class OperationRoute {

  private static final String PRINCIPAL = "segue.principal";
  private static final String MULTIPART = "multipart/form-data";

  private final ContractOperation contract;
  private final Operation operation;
  private final Doorkeeper doorkeeper;
  private final IdempotentCalls idempotent;
  private final Offload offload;
  private final Replies replies;
  private final EventStreams streams;

  OperationRoute(
      ContractOperation contract,
      Operation operation,
      Doorkeeper doorkeeper,
      IdempotentCalls idempotent,
      Offload offload,
      Replies replies,
      EventStreams streams) {
    this.contract = contract;
    this.operation = operation;
    this.doorkeeper = doorkeeper;
    this.idempotent = idempotent;
    this.offload = offload;
    this.replies = replies;
    this.streams = streams;
  }

  void mount(Router router) {
    HttpMethod method = HttpMethod.valueOf(contract.method());
    router.route(method, contract.routePath()).handler(this::admit);
    if (contract.takesBody()) {
      router.route(method, contract.routePath()).handler(bodies());
    }
    router.route(method, contract.routePath()).handler(this::answer);
  }

  private BodyHandler bodies() {
    BodyHandler bodies =
        contract.bodies().containsKey(MULTIPART)
            ? BodyHandler.create(System.getProperty("java.io.tmpdir"))
            : BodyHandler.create(false);
    return bodies.setBodyLimit(contract.bodyLimit()).setDeleteUploadedFilesOnEnd(true);
  }

  private void admit(RoutingContext context) {
    HttpServerRequest request = context.request();
    request.pause();
    offload.call(
        context,
        () -> Optional.ofNullable(doorkeeper.admit(request, operation.access())),
        principal -> {
          principal.ifPresent(known -> context.put(PRINCIPAL, known));
          context.next();
          request.resume();
        });
  }

  private void answer(RoutingContext context) {
    offload.call(
        context,
        () -> idempotent.answer(contract, request(context), operation.handler()),
        answer -> send(context, answer));
  }

  private void send(RoutingContext context, ApiResponse answer) {
    if (answer.content() instanceof ApiResponse.Content.Events(EventSource source)) {
      @Nullable Principal principal = context.get(PRINCIPAL);
      streams.begin(context, principal, source);
    } else {
      replies.answer(context, answer);
    }
  }

  private ApiRequest request(RoutingContext context) throws IOException {
    Params params = params(context);
    RequestCheck.checkParameters(contract, params);
    Body body = contract.takesBody() ? body(context) : new Body.Empty();
    @Nullable Principal principal = context.get(PRINCIPAL);
    return new ApiRequest(
        contract.id(),
        principal,
        params,
        body,
        new Origin(Replies.requestId(context), context.request().remoteAddress().hostAddress()));
  }

  private static Params params(RoutingContext context) {
    Map<String, List<String>> query = new HashMap<>();
    context
        .queryParams()
        .forEach(
            entry ->
                query
                    .computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                    .add(entry.getValue()));
    return new Params(context.pathParams(), query, headers(context));
  }

  static Map<String, String> headers(RoutingContext context) {
    Map<String, String> headers = new HashMap<>();
    context
        .request()
        .headers()
        .forEach(entry -> headers.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
    return headers;
  }

  private Body body(RoutingContext context) throws IOException {
    byte[] bytes =
        context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    boolean hasBody = bytes.length > 0 || !context.fileUploads().isEmpty();
    Optional<String> mediaType =
        RequestCheck.mediaType(contract, context.request().getHeader("Content-Type"), hasBody);
    if (mediaType.isEmpty()) {
      return new Body.Empty();
    }
    return switch (mediaType.get()) {
      case "application/json" -> RequestCheck.json(contract, bytes);
      case MULTIPART -> form(context);
      default -> new Body.Raw(mediaType.get(), bytes);
    };
  }

  private static Body.Form form(RoutingContext context) throws IOException {
    Map<String, String> fields = new HashMap<>();
    context
        .request()
        .formAttributes()
        .forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    List<Upload> uploads = new ArrayList<>();
    for (FileUpload upload : context.fileUploads()) {
      uploads.add(
          new Upload(
              upload.name(),
              upload.fileName(),
              upload.contentType(),
              Files.readAllBytes(Path.of(upload.uploadedFileName()))));
    }
    return new Body.Form(fields, uploads);
  }
}
