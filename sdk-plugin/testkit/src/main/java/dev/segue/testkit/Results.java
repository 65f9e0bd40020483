package dev.segue.testkit;

import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;

/** Turns results into what a test expects, or into an assertion error that says what happened. */
final class Results {

  private Results() {}

  static <T> T value(StepResult<T> result) {
    return switch (result) {
      case StepResult.Completed<T> done -> done.value();
      case StepResult.Failed<T> failed -> throw new AssertionError(words(failed.failure()));
    };
  }

  static StepFailure failure(StepResult<?> result) {
    return switch (result) {
      case StepResult.Completed<?> done ->
          throw new AssertionError("expected a failure, but the step returned " + done.value());
      case StepResult.Failed<?> failed -> failed.failure();
    };
  }

  private static String words(StepFailure failure) {
    String words = failure.getClass().getSimpleName() + ": " + failure.message();
    return failure instanceof StepFailure.Fault fault ? words + "\n" + fault.trace() : words;
  }
}
