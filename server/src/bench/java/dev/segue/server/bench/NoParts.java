package dev.segue.server.bench;

import dev.segue.server.runs.RunParts;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** There are neither approvals nor changes here. */
final class NoParts implements RunParts {

  @Override
  public List<?> approvals(Collection<Long> processInstanceKeys) {
    return List.of();
  }

  @Override
  public List<?> changeSets(Collection<UUID> runIds) {
    return List.of();
  }
}
