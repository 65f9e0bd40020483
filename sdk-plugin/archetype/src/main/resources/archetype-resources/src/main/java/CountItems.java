package ${package};

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;

/** Asks the service how many items it has for a day. */
@StepInfo(
    name = "count-items",
    title = "Count items",
    description = "Asks the service how many items it has for a day.",
    effect = Effect.READ,
    icon = "plugin.svg",
    timeout = "PT1M")
final class CountItems implements Step<CountItems.Input, CountItems.Output> {

  record Input(
      @Field(title = "Day", example = "2026-11-21") LocalDate day,
      @Field(title = "Account") ${className}Account account) {}

  record Output(@Field(title = "Items", min = 0) int items) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    HttpResponse<String> answer = input.account().get(context, "/items/count?day=" + input.day());
    return switch (answer.statusCode()) {
      case 200 -> {
        int items = Integer.parseInt(answer.body().strip());
        context.log().info("The service has {} items for {}", items, input.day());
        yield new Output(items);
      }
      // A diagram can catch this one, and go another way.
      case 404 -> throw new StepError("NO_SUCH_DAY", "The service knows nothing of " + input.day());
      case 429 -> throw new RetryLater(Duration.ofMinutes(1), "The service is busy");
      default -> throw new IOException("the service answered with " + answer.statusCode());
    };
  }
}
