package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.EngineException;
import io.camunda.client.api.command.FinalCommandStep;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One command to the engine, in a form that can be sent more than once. */
interface Command<T> {

  /** What it does, as it reads after "could not". */
  String what();

  /** Whether it does no harm to send it again when an earlier attempt may have run. */
  boolean repeatable();

  /** Sends it once. */
  CompletionStage<T> send(Duration timeout);

  /** Says what a failed attempt means. */
  EngineException translate(Throwable failure);

  /** A command by gRPC. */
  static <T> Command<T> grpc(
      String what, boolean repeatable, Supplier<? extends FinalCommandStep<T>> step) {
    return new Command<>() {
      @Override
      public String what() {
        return what;
      }

      @Override
      public boolean repeatable() {
        return repeatable;
      }

      @Override
      public CompletionStage<T> send(Duration timeout) {
        return step.get().requestTimeout(timeout).send();
      }

      @Override
      public EngineException translate(Throwable failure) {
        return GrpcErrors.translate(what, failure);
      }
    };
  }
}
