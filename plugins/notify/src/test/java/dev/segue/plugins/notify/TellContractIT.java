package dev.segue.plugins.notify;

import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.FakeService;
import dev.segue.testkit.FakeService.Answer;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;

class TellContractIT extends StepContract<Tell.Input, Tell.Output> {

  private FakeService chat;

  @Override
  protected TestHost host() throws IOException {
    chat = new FakeService();
    return TestHost.of("notify", new NotifyPlugin());
  }

  @Override
  protected Class<? extends Step<Tell.Input, Tell.Output>> step() {
    return Tell.class;
  }

  @Override
  protected List<Tell.Input> inputs() {
    return List.of(input(chat));
  }

  /** The chat takes its time. */
  @Override
  protected Optional<Tell.Input> slowInput() {
    chat.answer("POST /services/T0", Answer.ok("ok").after(Duration.ofSeconds(30)));
    return Optional.of(input(chat));
  }

  @Override
  protected OptionalLong effects() {
    return OptionalLong.of(chat.writes());
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  private static Tell.Input input(FakeService chat) {
    return new Tell.Input(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new ChatWebhook(new Secret(chat.url() + "/services/T0"), "#kitchen")),
        "No sales today",
        "Please look at the till.",
        List.of());
  }
}
