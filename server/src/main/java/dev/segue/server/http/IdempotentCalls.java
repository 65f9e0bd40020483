package dev.segue.server.http;

import dev.segue.server.http.ApiRequest.Body;
import dev.segue.server.http.IdempotencyStore.Answer;
import dev.segue.server.http.IdempotencyStore.Call;
import dev.segue.server.http.IdempotencyStore.Claim;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives the same answer to the same POST. */
final class IdempotentCalls {

  private static final int MAX_KEY_LENGTH = 200;

  private final IdempotencyStore store;

  IdempotentCalls(IdempotencyStore store) {
    this.store = store;
  }

  /** Answers the request, or repeats the answer that it got before. */
  ApiResponse answer(ContractOperation contract, ApiRequest request, Operation.Handler handler)
      throws Exception {
    Optional<String> key = request.idempotencyKey();
    if (key.isEmpty() || !contract.method().equals("POST") || request.caller() == null) {
      return handler.handle(request);
    }
    if (key.get().isBlank() || key.get().length() > MAX_KEY_LENGTH) {
      throw ApiException.badRequest(
          "Idempotency-Key must have 1 to %d characters.".formatted(MAX_KEY_LENGTH));
    }
    Call call = new Call(request.principal().username(), contract.id(), key.get(), hash(request));
    return switch (store.claim(call)) {
      case Claim.Fresh fresh -> firstAnswer(contract, request, handler, call);
      case Claim.Answered(Answer answer) -> repeated(contract, answer);
      case Claim.InProgress inProgress ->
          throw ApiException.conflict(
              "The same call is being answered now. Repeat it in a moment for its answer.");
      case Claim.UsedOtherwise used ->
          throw ApiException.of(
              422,
              "idempotency-key-used",
              "Idempotency key used",
              "Another call has used this Idempotency-Key. Use a new key for a new call.");
    };
  }

  private ApiResponse firstAnswer(
      ContractOperation contract, ApiRequest request, Operation.Handler handler, Call call)
      throws Exception {
    boolean answered = false;
    try {
      ApiResponse answer = handler.handle(request);
      store.complete(call, new Answer(answer.status(), toJson(contract, answer)));
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        store.release(call);
      }
    }
  }

  private static ObjectNode toJson(ContractOperation contract, ApiResponse answer) {
    ObjectNode kept = Json.object();
    kept.set("headers", Json.tree(answer.headers()));
    if (!contract.secretAnswer() && answer.content() instanceof ApiResponse.Content.Json json) {
      kept.set("body", Json.tree(json.value()));
    }
    return kept;
  }

  private static ApiResponse repeated(ContractOperation contract, Answer answer) {
    if (contract.secretAnswer()) {
      throw ApiException.conflict(
          "This call was answered before, with a secret that is shown only once.");
    }
    Map<String, String> headers = new HashMap<>();
    answer
        .response()
        .path("headers")
        .propertyStream()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    JsonNode body = answer.response().path("body");
    return new ApiResponse(
        answer.status(),
        headers,
        body.isMissingNode() ? new ApiResponse.Content.None() : new ApiResponse.Content.Json(body));
  }

  private static String hash(ApiRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Json.bytes(new TreeMap<>(request.params().path())));
      digest.update(Json.bytes(new TreeMap<>(request.params().query())));
      switch (request.body()) {
        case Body.Empty empty -> {}
        case Body.Json json -> digest.update(Json.bytes(json.value()));
        case Body.Raw raw -> digest.update(raw.content());
        case Body.Form form -> {
          digest.update(Json.bytes(new TreeMap<>(form.fields())));
          for (Upload upload : form.uploads()) {
            digest.update(upload.fileName().getBytes(StandardCharsets.UTF_8));
            digest.update(upload.content());
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
