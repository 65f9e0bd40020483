package dev.segue.server.runs;

import java.util.Objects;
import java.util.UUID;

/** A start that was checked and can be written; made by {@link RunStarter#prepare}. */
public final class PreparedStart {

  private final NewRun run;

  PreparedStart(NewRun run) {
    this.run = run;
  }

  /** The run's id. */
  public UUID runId() {
    return run.id();
  }

  /** The version of the workflow that it goes by. */
  public int version() {
    return Objects.requireNonNull(run.row().version());
  }

  NewRun run() {
    return run;
  }
}
