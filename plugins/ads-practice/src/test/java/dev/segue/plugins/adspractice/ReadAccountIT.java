package dev.segue.plugins.adspractice;

import dev.segue.practice.ads.PracticePlatform;
import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ReadAccountIT extends StepContract<ReadAccount.Input, ReadAccount.Output> {

  private PracticePlatform platform;

  @Override
  protected TestHost host() throws Exception {
    platform = PracticePlatform.start("token");
    return TestHost.of("ads-practice", new AdsPracticePlugin());
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Override
  protected Class<? extends Step<ReadAccount.Input, ReadAccount.Output>> step() {
    return ReadAccount.class;
  }

  @Override
  protected List<ReadAccount.Input> inputs() {
    return List.of(new ReadAccount.Input(new AdAccount(platform.address(), new Secret("token"))));
  }
}
