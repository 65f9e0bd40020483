package dev.segue.plugins.notify;

import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.util.List;

class TellContractIT extends StepContract<Tell.Input, Tell.Output> {

  @Override
  protected TestHost host() {
    return TestHost.of("notify", new NotifyPlugin());
  }

  @Override
  protected Class<? extends Step<Tell.Input, Tell.Output>> step() {
    return Tell.class;
  }

  @Override
  protected List<Tell.Input> inputs() {
    return new Tell().examples();
  }
}
