package dev.segue.server.steps;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the journal says when an effect is about to begin. */
sealed interface EffectState {

  /** It may begin: the entry is committed and belongs to this attempt. */
  record Begun(int attempt) implements EffectState {}

  /** An earlier attempt did it; an empty result means that the person who said so gave none. */
  record Done(Optional<ObjectNode> result) implements EffectState {}

  /** Another attempt is at it, and has this much time left before it counts as dead. */
  record Elsewhere(Duration left) implements EffectState {}

  /** Nobody knows whether an earlier attempt did it, and a person has to decide. */
  record Doubtful(String detail) implements EffectState {}
}
