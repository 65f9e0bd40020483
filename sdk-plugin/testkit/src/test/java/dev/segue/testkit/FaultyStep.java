package dev.segue.testkit;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts a message, as well or as badly as its input says. */
@StepInfo(name = "post", title = "Post", effect = Effect.WRITE, inDoubt = InDoubt.RETRY)
final class FaultyStep implements Step<FaultyStep.Input, FaultyStep.Output> {

  record Input(
      @Field(title = "Fault") Fault fault,
      @Field(title = "Text") String text,
      @Field(title = "Copies", min = 1, max = 9) int copies,
      @Field(title = "Account") FaultyAccount account) {

    Input {
      if (text.isBlank()) {
        throw new IllegalArgumentException(
            fault == Fault.REFUSES_WITHOUT_A_NAME ? "no" : "'text' is blank");
      }
    }
  }

  record Output(@Field(title = "Length", min = 0) int length) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    String key = context.idempotencyKey();
    post(input, context, input.fault() == Fault.EFFECT_EACH_TIME ? key + Math.random() : key);
    return answer(input);
  }

  @Override
  public Output simulate(Input input, StepContext context) throws Exception {
    if (input.fault() == Fault.SIMULATES_FOR_REAL) {
      post(input, context, "rehearsal");
    }
    return answer(input);
  }

  private static Output answer(Input input) {
    Misbehaviour.of(input.fault());
    return new Output(input.fault() == Fault.WRONG_OUTPUT ? -1 : input.text().length());
  }

  private static void post(Input input, StepContext context, String key)
      throws IOException, InterruptedException {
    context
        .http()
        .send(
            HttpRequest.newBuilder(input.account().url().resolve("/messages/" + key))
                .header("Idempotency-Key", key)
                .PUT(HttpRequest.BodyPublishers.ofString(input.text()))
                .build(),
            BodyHandlers.discarding());
  }
}
