package dev.segue.server.bench;

import java.time.Duration;

/**
 * How long and how hard to measure.
 *
 * @param warmUp with all workloads in turn
 * @param ramp of each slice, not counted
 * @param slice how long each workload is measured before the next one's turn
 * @param rounds how often each workload has its turn
 * @param inFlight runs at a time
 * @param singles runs of each workload that have the machine for themselves
 */
record Plan(
    Duration warmUp, Duration ramp, Duration slice, int rounds, int inFlight, int singles) {}
