package dev.segue.server.plugins;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells what depends on step types; told by those who deploy and run workflows. */
@FunctionalInterface
public interface StepUse {

  /** Finds what uses any of these step types now. */
  Users of(Collection<String> stepTypes);

  /**
   * What uses some step types.
   *
   * @param workflows ids of the workflows whose newest or running version has such a step
   * @param runs how many runs of such versions are active
   * @param someRuns up to 100 of them, the oldest first
   * @param approvals how many approvals of such runs are open
   * @param someApprovals up to 100 of them, the oldest first
   */
  record Users(
      List<String> workflows,
      int runs,
      List<Run> someRuns,
      int approvals,
      List<Approval> someApprovals) {

    public Users {
      workflows = List.copyOf(workflows);
      someRuns = List.copyOf(someRuns);
      someApprovals = List.copyOf(someApprovals);
    }
  }

  /** An active run. */
  record Run(UUID run, String workflow, @Nullable String businessKey) {}

  /** An open approval. */
  record Approval(long approval, String workflow, String element) {}
}
