package dev.segue.server.runs;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What the API shows of a run that other capabilities keep, as they show it themselves. */
public interface RunParts {

  /** The approvals of these process instances, oldest first. */
  List<?> approvals(Collection<Long> processInstanceKeys);

  /** The change sets of these runs, oldest first. */
  List<?> changeSets(Collection<UUID> runIds);
}
