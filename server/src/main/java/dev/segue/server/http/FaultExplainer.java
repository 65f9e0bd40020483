package dev.segue.server.http;

import java.util.Optional;

/** Turns exceptions that the door doesn't know into what a caller should see. */
@FunctionalInterface
public interface FaultExplainer {

  /**
   * What the caller should see; empty for a fault of Segue, which is logged and answered by 500.
   */
  Optional<ApiException> explain(Throwable fault);
}
