package dev.segue.plugins.content;

import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;

class WritePromotionsContractIT
    extends StepContract<WritePromotions.Input, WritePromotions.Output> {

  private FakeProvider silent;

  @Override
  protected TestHost host() throws IOException {
    silent = new FakeProvider(Provider.OPENAI).thenSaysNothing();
    return TestHost.of("content", new ContentPlugin());
  }

  @AfterEach
  void stop() {
    silent.close();
  }

  @Override
  protected Class<? extends Step<WritePromotions.Input, WritePromotions.Output>> step() {
    return WritePromotions.class;
  }

  @Override
  protected List<WritePromotions.Input> inputs() {
    return List.of(withModel());
  }

  @Override
  protected Optional<WritePromotions.Input> slowInput() {
    return Optional.of(withModel());
  }

  @Override
  protected OptionalLong effects() {
    return OptionalLong.of(silent.requests().size());
  }

  /** A model that is asked twice writes twice, which costs little and harms nobody. */
  @Override
  protected boolean harmlessToRepeat() {
    return true;
  }

  private WritePromotions.Input withModel() {
    WritePromotions.Input example = new WritePromotions().examples().getFirst();
    ChatModelAccount account =
        new ChatModelAccount(
            Provider.OPENAI,
            Optional.of(silent.address()),
            "tiny",
            Optional.of(new Secret("sesame")),
            true,
            BigDecimal.ONE,
            BigDecimal.ONE,
            "USD",
            60);
    return new WritePromotions.Input(
        Optional.of(account), example.promotions(), example.brand(), BigDecimal.ONE, 1);
  }
}
