package dev.segue.server.connections;

import java.time.Instant;
import java.util.Optional;

/** What a server has counted of one connection in one minute. */
record Traffic(
    int calls,
    int failures,
    int requests,
    Optional<Instant> lastSuccessAt,
    Optional<Instant> lastFailureAt,
    String lastFailure) {

  static Traffic ofRequest() {
    return new Traffic(0, 0, 1, Optional.empty(), Optional.empty(), "");
  }

  static Traffic ofSuccess(Instant at) {
    return new Traffic(1, 0, 0, Optional.of(at), Optional.empty(), "");
  }

  static Traffic ofFailure(Instant at, String why) {
    return new Traffic(1, 1, 0, Optional.empty(), Optional.of(at), why);
  }

  /** Both together; what the later one says last counts. */
  Traffic plus(Traffic later) {
    return new Traffic(
        calls + later.calls,
        failures + later.failures,
        requests + later.requests,
        later.lastSuccessAt.or(() -> lastSuccessAt),
        later.lastFailureAt.or(() -> lastFailureAt),
        later.lastFailureAt.isPresent() ? later.lastFailure : lastFailure);
  }
}
