package dev.segue.server.bench;

/** When what happened to the jobs of one run, in nanoseconds of the system's timer. Thread-safe. */
final class RunTrace {

  private final long processInstanceKey;
  private final Workload workload;
  private final long[] jobKeys = new long[Workload.STEPS];
  private final long[] arrived = new long[Workload.STEPS];
  private final long[] sent = new long[Workload.STEPS];
  private final long[] acknowledged = new long[Workload.STEPS];

  RunTrace(long processInstanceKey, Workload workload) {
    this.processInstanceKey = processInstanceKey;
    this.workload = workload;
  }

  long processInstanceKey() {
    return processInstanceKey;
  }

  Workload workload() {
    return workload;
  }

  /** False if that job had arrived before: a repeated delivery counts from the first. */
  synchronized boolean arrived(int step, long jobKey) {
    if (jobKeys[step] != 0) {
      return false;
    }
    jobKeys[step] = jobKey;
    arrived[step] = System.nanoTime();
    return true;
  }

  synchronized void sent(long jobKey) {
    sent[stepOf(jobKey)] = System.nanoTime();
  }

  /** True if the run is over by it. */
  synchronized boolean acknowledged(long jobKey) {
    int step = stepOf(jobKey);
    acknowledged[step] = System.nanoTime();
    return step == Workload.STEPS - 1;
  }

  /** When its first job arrived. */
  synchronized long begun() {
    return arrived[0];
  }

  /** When the completion of its last job was acknowledged. */
  synchronized long ended() {
    return acknowledged[Workload.STEPS - 1];
  }

  /** Adds, of each step, the time from the job's arrival until its completion was sent. */
  synchronized void addHandling(Samples samples) {
    for (int step = 0; step < Workload.STEPS; step++) {
      samples.add(sent[step] - arrived[step]);
    }
  }

  /**
   * Adds, of each step, the time from its job's arrival until the next step's, or until the end.
   */
  synchronized void addWhole(Samples samples) {
    for (int step = 0; step < Workload.STEPS - 1; step++) {
      samples.add(arrived[step + 1] - arrived[step]);
    }
    samples.add(acknowledged[Workload.STEPS - 1] - arrived[Workload.STEPS - 1]);
  }

  private int stepOf(long jobKey) {
    for (int step = 0; step < Workload.STEPS; step++) {
      if (jobKeys[step] == jobKey) {
        return step;
      }
    }
    throw new IllegalArgumentException("the run has no job " + jobKey);
  }
}
