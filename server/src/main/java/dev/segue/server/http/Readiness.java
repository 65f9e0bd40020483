package dev.segue.server.http;

/** Whether this server can serve now. Blocks briefly; called on a virtual thread. */
@FunctionalInterface
public interface Readiness {

  /** True if database and engine answer. */
  boolean ready();
}
