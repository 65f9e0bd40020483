package dev.segue.plugins.notify;

import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.Secret;
import dev.segue.testkit.ChangeStepContract;
import dev.segue.testkit.FakeService;
import dev.segue.testkit.FakeService.Answer;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;

class PostChatContractIT extends ChangeStepContract<PostChat.Input, SentSummary> {

  private FakeService chat;

  @Override
  protected TestHost host() throws IOException {
    chat = new FakeService().answer("POST /services/T0", Answer.ok("ok"));
    return TestHost.of("notify", new NotifyPlugin());
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  @Override
  protected Class<? extends ChangeStep<PostChat.Input, SentSummary>> step() {
    return PostChat.class;
  }

  @Override
  protected PostChat.Input input() {
    return new PostChat.Input(
        new ChatWebhook(new Secret(chat.url() + "/services/T0"), "#kitchen"),
        "The new prices hold from tomorrow.",
        Optional.of("The menu changes."));
  }

  @Override
  protected OptionalLong effects() {
    return OptionalLong.of(chat.writes());
  }
}
