package dev.segue.server.app;

/** Is told how a start or stop goes on, for people who wait for it. */
@FunctionalInterface
public interface Progress {

  /** Something begins that may take a while, such as {@code starting the database}. */
  void step(String text);
}
