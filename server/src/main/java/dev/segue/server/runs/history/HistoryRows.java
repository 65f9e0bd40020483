package dev.segue.server.runs.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the projected tables, as one batch of records leaves them. Mutable while it is folded.
 */
final class HistoryRows {

  private HistoryRows() {}

  static final class Run {
    final long key;
    String process = "";
    int version;
    long definition;
    @Nullable Long parent;
    @Nullable Long parentElement;
    String state = "active";
    @Nullable Instant startedAt;
    @Nullable Instant endedAt;

    Run(long key) {
      this.key = key;
    }
  }

  static final class Element {
    final long key;
    final long run;
    @Nullable Long scope;
    String elementId = "";
    String type = "";
    String state = "active";
    @Nullable Instant startedAt;
    @Nullable Instant endedAt;

    Element(long key, long run) {
      this.key = key;
      this.run = run;
    }
  }

  /** Part of the key of a row. */
  record FlowKey(long run, String elementId) {}

  static final class Flow {
    int taken;
    Instant lastTaken = Instant.EPOCH;
  }

  /** Part of the key of a row. */
  record VariableKey(long scope, String name) {}

  record Variable(long run, String json, boolean cut, @Nullable Integer size, Instant at) {}

  static final class Job {
    final long key;
    final long run;
    long element;
    String elementId = "";
    String type = "";
    String state = "created";
    int retries;
    int failures;
    @Nullable String errorCode;
    @Nullable String error;
    Instant updatedAt = Instant.EPOCH;
    @Nullable Instant createdAt;
    @Nullable Instant endedAt;

    Job(long key, long run) {
      this.key = key;
      this.run = run;
    }
  }

  static final class Incident {
    final long key;
    final long run;
    long element;
    String elementId = "";
    @Nullable Long job;
    String type = "";
    String message = "";
    @Nullable Instant createdAt;
    @Nullable Instant resolvedAt;

    Incident(long key, long run) {
      this.key = key;
      this.run = run;
    }
  }

  static final class UserTask {
    final long key;
    final RawRecord last;
    String state = "created";
    @Nullable String action;
    @Nullable Instant createdAt;
    @Nullable Instant endedAt;

    UserTask(long key, RawRecord last) {
      this.key = key;
      this.last = last;
    }
  }

  static final class Timer {
    final long key;
    final long run;
    long element;
    String elementId = "";
    long dueMillis;
    String state = "waiting";
    @Nullable Instant createdAt;
    @Nullable Instant endedAt;

    Timer(long key, long run) {
      this.key = key;
      this.run = run;
    }
  }

  static final class Definition {
    final long key;
    String process = "";
    int version;
    String resource = "";
    @Nullable String diagram;
    @Nullable Instant deployedAt;
    @Nullable Instant deletedAt;

    Definition(long key) {
      this.key = key;
    }
  }
}
