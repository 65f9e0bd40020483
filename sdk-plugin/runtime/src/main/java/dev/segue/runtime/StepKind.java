package dev.segue.runtime;

/** Which method of a plugin a step type stands for. */
public enum StepKind {
  /** {@code Step.run}. */
  STEP,
  /** {@code ChangeStep.plan}. */
  PLAN,
  /** {@code ChangeStep.apply}. */
  APPLY,
  /** {@code ChangeStep.inverse}, for each change of a set that was applied. */
  UNDO
}
