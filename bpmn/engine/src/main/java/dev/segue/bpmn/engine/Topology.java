package dev.segue.bpmn.engine;

import java.util.List;

/**
 * How the engine is.
 *
 * @param gatewayVersion such as {@code 8.5.8}
 * @param partitions one for each partition that the engine should have, in order of their ids
 */
public record Topology(String gatewayVersion, int brokers, List<Partition> partitions) {

  public Topology {
    partitions = List.copyOf(partitions);
  }

  /** Whether every partition has a healthy leader, so that every command can be served. */
  public boolean ready() {
    return !partitions.isEmpty() && partitions.stream().allMatch(Partition::ready);
  }

  /**
   * A share of the engine's runs.
   *
   * @param id counted from 1
   * @param hasLeader whether a broker leads it
   * @param healthy whether its leader is healthy
   */
  public record Partition(int id, boolean hasLeader, boolean healthy) {

    /** Whether it serves commands. */
    public boolean ready() {
      return hasLeader && healthy;
    }
  }
}
