package dev.segue.server.plugins;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Keeps the trials that all servers share. */
interface TrialStore {

  /**
   * A job that a version on trial has had.
   *
   * @param failed whether the plugin failed it
   */
  record Job(String pluginId, String version, long key, boolean failed) {}

  /**
   * Begins a trial, unless that build of the version has had one; the version before is judged by
   * its latest jobs.
   *
   * @param before the version that is replaced
   * @param stepTypes those that both versions serve
   */
  void begin(StagedPlugin version, String before, Set<String> stepTypes);

  /** Counts jobs, each once however often it comes; those of versions not on trial are let go. */
  void count(Collection<Job> jobs);

  /** The trials that go on, as they stand. */
  List<Trial> running();

  /**
   * Takes the version out of service and says why, with alarm and audit entry, all or nothing.
   *
   * @return whether this call did it; false if another server was first
   */
  boolean rollBack(Trial trial, String message);

  /**
   * Ends a trial, and leaves the version in service.
   *
   * @param alarm what to tell people; empty if all is well
   */
  void end(Trial trial, String alarm);

  /** Forgets a trial, so that the version gets another. */
  void forget(String pluginId, String version);
}
