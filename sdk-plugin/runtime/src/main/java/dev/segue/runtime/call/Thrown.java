package dev.segue.runtime.call;

/**
 * What a call threw, told on its own thread, since what a plugin throws is a plugin's code, too.
 *
 * @param refused whether the host threw it, which counts whatever else happened to the call
 */
record Thrown(StepFailure failure, boolean refused) {}
