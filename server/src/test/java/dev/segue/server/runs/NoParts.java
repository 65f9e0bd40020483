package dev.segue.server.runs;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Runs without approvals and change sets, for tests of what starts them. */
public final class NoParts implements RunParts {

  @Override
  public List<?> approvals(Collection<Long> processInstanceKeys) {
    return List.of();
  }

  @Override
  public List<?> changeSets(Collection<UUID> runIds) {
    return List.of();
  }
}
