package dev.segue.server.http;

import tools.jackson.databind.JsonNode;

/** Remembers the answers to POSTs that carry an {@code Idempotency-Key}. Blocks. */
public interface IdempotencyStore {

  /** Takes the key for this call, or says what became of the call that has it. */
  Claim claim(Call call);

  /** Keeps the answer of a claimed call. */
  void complete(Call call, Answer answer);

  /** Gives up a claim, so that the same call may be tried again. */
  void release(Call call);

  /**
   * A POST with a key.
   *
   * @param actor who calls
   * @param operation the operation id
   * @param key the caller's key
   * @param requestHash of path, query and body, in hexadecimal
   */
  record Call(String actor, String operation, String key, String requestHash) {}

  /** What was answered: status, headers and body, as JSON. */
  record Answer(int status, JsonNode response) {}

  /** What became of a key. */
  sealed interface Claim {

    /** Nobody used it: go on. */
    record Fresh() implements Claim {}

    /** The same call was answered before. */
    record Answered(Answer answer) implements Claim {}

    /** The same call is being answered now. */
    record InProgress() implements Claim {}

    /** Another call used the key. */
    record UsedOtherwise() implements Claim {}
  }
}
