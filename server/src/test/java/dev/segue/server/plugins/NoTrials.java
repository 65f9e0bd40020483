package dev.segue.server.plugins;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Where every version is trusted from its first job on. */
final class NoTrials implements TrialStore {

  @Override
  public void begin(StagedPlugin version, String before, Set<String> stepTypes) {}

  @Override
  public void count(Collection<Job> jobs) {}

  @Override
  public List<Trial> running() {
    return List.of();
  }

  @Override
  public boolean rollBack(Trial trial, String message) {
    return false;
  }

  @Override
  public void end(Trial trial, String alarm) {}

  @Override
  public void forget(String pluginId, String version) {}
}
