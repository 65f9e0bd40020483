package dev.segue.runtime;

import dev.segue.sdk.Effect;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import java.time.Duration;

/**
 * How a host has to treat a step.
 *
 * @param effect the most that one run does to the world outside
 * @param load which resource it mostly uses
 * @param inDoubt what to do when nobody knows whether an effect happened
 * @param timeout how long one attempt may take, unless the diagram says otherwise
 * @param interruptible whether it ends within a second of an interrupt
 */
public record StepPolicy(
    Effect effect, Load load, InDoubt inDoubt, Duration timeout, boolean interruptible) {}
