/**
 * Runs the steps of a plugin in a JUnit test as the server would: the same binding, limits, hashes
 * and classification of errors, with fakes of what the server offers to a step.
 *
 * <p>{@link dev.segue.testkit.TestHost} is where to start; {@link dev.segue.testkit.StepContract}
 * and {@link dev.segue.testkit.ChangeStepContract} are test classes to extend, one per step, {@link
 * dev.segue.testkit.MetricContract} one per plugin with metrics. No engine and no server here.
 */
@NullMarked
package dev.segue.testkit;

import org.jspecify.annotations.NullMarked;
