package dev.segue.server.rehearsals;

import dev.segue.bpmn.model.Feel;
import dev.segue.server.changes.Changes;
import dev.segue.server.data.BusinessData;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.Runs;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Triggers;
import dev.segue.server.triggers.schedules.Schedules;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** The capability as a whole. Thread-safe. */
public final class Rehearsals implements AutoCloseable {

  private final Ground ground;
  private final RehearsalRows rows = new RehearsalRows();
  private final RehearsalRunner runner;

  /** What rehearsals stand on. */
  public record Ground(
      Database database,
      Runs runs,
      Changes changes,
      WorkflowLookup workflows,
      Triggers triggers,
      Schedules schedules,
      BusinessData data,
      Feel feel,
      Audit audit,
      InstantSource clock) {}

  /** Wires the parts; nothing is taken on before {@link #start}. */
  public Rehearsals(Ground ground) {
    this.ground = ground;
    this.runner =
        new RehearsalRunner(
            ground,
            rows,
            new DayWatch(ground.workflows()),
            new DayReports(
                ground.changes(),
                ground.workflows(),
                new Outcomes(ground.feel(), ground.data(), ground.clock())));
  }

  /** Begins to take rehearsals on, those too that another start of the server left. */
  public void start() {
    runner.start();
  }

  /** Takes none on any more; runs that were started go on by themselves. */
  @Override
  public void close() {
    runner.close();
  }

  /** What takes them on; for tests, which look themselves. */
  RehearsalRunner runner() {
    return runner;
  }

  /** The HTTP operations. */
  public List<Operation> operations() {
    return new RehearsalOperations(
            ground.database(),
            rows,
            new RehearsalStarts(ground, rows),
            new RehearsalViews(rows, ground.workflows()),
            ground)
        .operations();
  }

  static String explain(ApiException e) {
    return e.problem().errors().isEmpty()
        ? e.problem().detail()
        : e.problem().errors().stream().map(FieldError::message).collect(Collectors.joining(" "));
  }
}
