package dev.segue.server.http;

import dev.segue.server.http.Authenticator.Credentials;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers that go on: each on a virtual thread, none longer than its caller's sign-in. */
final class EventStreams {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final long RECHECK_MILLIS = 10_000;
  private static final int STALLED_SECONDS = 60;
  private static final int MOST_OF_ONE = 100;

  private final Vertx vertx;
  private final ExecutorService executor;
  private final Doorkeeper doorkeeper;
  private final Replies replies;
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EventStreams(Vertx vertx, ExecutorService executor, Doorkeeper doorkeeper, Replies replies) {
    this.vertx = vertx;
    this.executor = executor;
    this.doorkeeper = doorkeeper;
    this.replies = replies;
    vertx.setPeriodic(RECHECK_MILLIS, timer -> recheckSoon());
  }

  /** Begins a stream; on the event loop, after the other headers were set. */
  void begin(RoutingContext call, @Nullable Principal caller, EventSource source) {
    if (open.stream().filter(other -> Objects.equals(other.caller, caller)).count()
        >= MOST_OF_ONE) {
      replies.problem(
          call,
          ApiException.tooMany(
              "%d streams of this account are open. Close some first.".formatted(MOST_OF_ONE),
              Duration.ofSeconds(30)));
      return;
    }
    HttpServerResponse response =
        call.response()
            .putHeader("Content-Type", "text/event-stream")
            .putHeader("Cache-Control", "no-store, no-transform")
            // Said so that neither this server nor a proxy holds events back to compress them.
            .putHeader("Content-Encoding", "identity")
            .putHeader("X-Accel-Buffering", "no")
            .setChunked(true);
    Stream stream =
        new Stream(
            response,
            vertx.getOrCreateContext(),
            Doorkeeper.credentials(call.request()).orElse(null),
            caller);
    open.add(stream);
    response.exceptionHandler(failure -> stream.interrupt());
    response.closeHandler(closing -> stream.interrupt());
    try {
      executor.execute(() -> stream.run(source));
    } catch (RejectedExecutionException e) {
      stream.finish();
    }
  }

  /** Ends all streams and those that come yet. */
  void close() {
    closed = true;
    open.forEach(Stream::interrupt);
  }

  private void recheckSoon() {
    if (!open.isEmpty() && !closed) {
      try {
        executor.execute(this::recheck);
      } catch (RejectedExecutionException e) {
        LOG.debug("the server stops");
      }
    }
  }

  private void recheck() {
    Map<Credentials, @Nullable Principal> now = new HashMap<>();
    for (Stream stream : open) {
      Credentials credentials = stream.credentials;
      if (credentials != null) {
        try {
          if (!now.containsKey(credentials)) {
            now.put(credentials, doorkeeper.stillKnown(credentials).orElse(null));
          }
          if (!Objects.equals(now.get(credentials), stream.caller)) {
            stream.interrupt();
          }
        } catch (RuntimeException e) {
          LOG.debug("whether a stream's sign-in goes on can't be asked now", e);
        }
      }
    }
  }

  private final class Stream implements EventSource.Sink {

    private final HttpServerResponse response;
    private final Context loop;
    private final @Nullable Credentials credentials;
    private final @Nullable Principal caller;
    private @Nullable Thread thread;
    private boolean ended;

    Stream(
        HttpServerResponse response,
        Context loop,
        @Nullable Credentials credentials,
        @Nullable Principal caller) {
      this.response = response;
      this.loop = loop;
      this.credentials = credentials;
      this.caller = caller;
    }

    private void run(EventSource source) {
      if (!hasThread()) {
        finish();
        return;
      }
      try {
        source.run(this);
      } catch (InterruptedException e) {
        LOG.debug("a stream has ended");
      } catch (RuntimeException e) {
        LOG.error("a stream failed; its client will ask for it again", e);
      } finally {
        finish();
      }
    }

    private synchronized boolean hasThread() {
      thread = Thread.currentThread();
      return !ended && !closed;
    }

    synchronized void interrupt() {
      ended = true;
      if (thread != null) {
        thread.interrupt();
      }
    }

    void finish() {
      open.remove(this);
      loop.runOnContext(
          ignored -> {
            if (!response.ended() && !response.closed()) {
              response.end();
            }
          });
    }

    @Override
    public void write(String text) throws InterruptedException {
      CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
      loop.runOnContext(
          ignored ->
              response
                  .write(text)
                  .onComplete(done -> written.complete(null), written::completeExceptionally));
      try {
        written.get(STALLED_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new InterruptedException("the client has gone: " + e.getCause());
      } catch (TimeoutException e) {
        loop.runOnContext(ignored -> response.reset());
        throw new InterruptedException("the client takes nothing any more");
      }
    }
  }
}
