package dev.segue.server.http;

/** What an answer that goes on ({@code text/event-stream}) consists of. */
@FunctionalInterface
public interface EventSource {

  /**
   * Sends until it is done or the stream ends. Runs on a virtual thread of its own, which is
   * interrupted when the client has gone, its sign-in has ended or the server stops.
   *
   * @throws InterruptedException when the stream has ended
   */
  void run(Sink sink) throws InterruptedException;

  /** Takes what is to be sent. Of use to the thread of the stream only. */
  @FunctionalInterface
  interface Sink {

    /**
     * Sends text as it is, and waits until the connection has taken it: a slow client makes its own
     * stream wait and nothing else.
     *
     * @throws InterruptedException when the stream has ended
     */
    void write(String text) throws InterruptedException;
  }
}
