package dev.segue.sdk;

/** Which resource a step mostly uses; decides on which threads the host runs it. */
public enum Load {
  /** Mostly waits; runs on a virtual thread. */
  IO,
  /**
   * Mostly computes, or calls native code; runs on a bounded pool of platform threads, because
   * virtual threads are not time-sliced.
   */
  CPU
}
