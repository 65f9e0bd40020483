package dev.segue.examples.recorder;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;

/** Uses a connection and tells its secret to whoever listens, which is what a host has to mask. */
@StepInfo(
    name = "peek",
    title = "Peek",
    description = "Looks into a connection.",
    effect = Effect.READ,
    icon = "recorder.svg",
    category = "Recorder")
final class Peek implements Step<Peek.Input, Peek.Output> {

  /**
   * Where to look.
   *
   * @param connection any connection of the type
   * @param fail whether to end with a fault that names the secret
   */
  record Input(
      @Field(title = "Connection") RecorderFile connection,
      @Field(title = "Fail", defaultValue = "false") boolean fail) {}

  /**
   * What was seen.
   *
   * @param path the connection's path
   * @param tokenLength how long its secret is
   */
  record Output(String path, int tokenLength) {}

  @Override
  public Output run(Input input, StepContext context) {
    String token = input.connection().token().reveal();
    context.log().info("the token is {}", token);
    if (input.fail()) {
      throw new IllegalStateException("the outside system refuses the token " + token);
    }
    return new Output(input.connection().path(), token.length());
  }
}
