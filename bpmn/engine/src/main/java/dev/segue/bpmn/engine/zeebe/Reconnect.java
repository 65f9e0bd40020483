package dev.segue.bpmn.engine.zeebe;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the channel from waiting long before it connects again. By itself gRPC doubles its pause up
 * to two minutes; an engine that is back after half a minute would stay unused for as long again.
 */
final class Reconnect implements ClientInterceptor {

  private static final long AT_MOST_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                if (status.getCode() == Status.Code.UNAVAILABLE
                    && next instanceof ManagedChannel channel) {
                  connectSoon(channel);
                }
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private void connectSoon(ManagedChannel channel) {
    long last = lastNanos.get();
    long now = System.nanoTime();
    if (now - last >= AT_MOST_EVERY_NANOS && lastNanos.compareAndSet(last, now)) {
      channel.resetConnectBackoff();
    }
  }
}
