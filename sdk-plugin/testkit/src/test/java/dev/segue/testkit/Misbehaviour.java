package dev.segue.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What broken steps do to their host. */
final class Misbehaviour {

  static final String HOOK = "dev.segue.testkit.left-behind";

  private Misbehaviour() {}

  static void of(Fault fault) {
    switch (fault) {
      case HEEDS_NO_INTERRUPT -> turnADeafEar();
      case LEAVES_A_THREAD -> {
        CountDownLatch never = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("left behind").start(() -> waitFor(never));
      }
      case LEAVES_A_CLASS -> System.getProperties().put(HOOK, Misbehaviour.class);
      case FAILS -> throw new IllegalStateException("as it was told to");
      default -> {}
    }
  }

  /** Ends by itself, because nothing else ends it. */
  private static void turnADeafEar() {
    List<Thread> interrupted = new ArrayList<>();
    long until = System.nanoTime() + 6_000_000_000L;
    while (System.nanoTime() < until) {
      if (Thread.interrupted()) {
        interrupted.add(Thread.currentThread());
      }
      Thread.onSpinWait();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
