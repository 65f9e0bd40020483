/**
 * What a plugin compiles against: steps, change steps, connections, metric sources, and what the
 * host hands to them.
 *
 * <p>A plugin is a {@link dev.segue.sdk.SeguePlugin} that lists what it offers:
 *
 * <ul>
 *   <li>A {@link dev.segue.sdk.Step} does one thing: a record in, a record out, blocking code.
 *       {@link dev.segue.sdk.StepInfo} names it and says what it does to the world outside.
 *   <li>A {@link dev.segue.sdk.ChangeStep} is for what people should see before it happens: it
 *       plans {@linkplain dev.segue.sdk.Change changes}, which are approved and then applied one by
 *       one.
 *   <li>A {@link dev.segue.sdk.ConnectionType} is an account at an outside system, with sealed
 *       {@linkplain dev.segue.sdk.Secret secrets}.
 *   <li>A {@link dev.segue.sdk.MetricSource} offers series that monitors can watch.
 * </ul>
 *
 * <p>{@link dev.segue.sdk.Field} adds to the components of records what forms, schemas and
 * documentation need. {@link dev.segue.sdk.StepContext} is all that the host offers to one attempt.
 * A step fails by {@link dev.segue.sdk.StepError} for what the diagram handles, by {@link
 * dev.segue.sdk.RetryLater} if nothing has happened and it should be tried again, and by any other
 * exception for a fault.
 *
 * <p>Plain Java only. No engine, JSON, HTTP server or framework type appears here, and the package
 * depends on nothing but JSpecify and the SLF4J API.
 */
@NullMarked
package dev.segue.sdk;

import org.jspecify.annotations.NullMarked;
