package dev.segue.server.steps;

/**
 * An effect that is about to begin, as the journal notes it.
 *
 * @param key identifies the effect for ever
 */
record EffectEntry(
    String key,
    long processInstanceKey,
    long elementInstanceKey,
    String elementId,
    long jobKey,
    String stepType,
    String pluginVersion) {

  static EffectEntry of(StepCall call) {
    return new EffectEntry(
        call.idempotencyKey(),
        call.job().processInstanceKey(),
        call.job().elementInstanceKey(),
        call.job().elementId(),
        call.job().key(),
        call.job().type(),
        call.pluginVersion());
  }
}
