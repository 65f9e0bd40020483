package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.FakeService;
import dev.segue.testkit.FakeService.Answer;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tests that every step has to pass are inherited; those of this step alone stand here. */
class CountItemsTest extends StepContract<CountItems.Input, CountItems.Output> {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

  private final FakeService service;

  CountItemsTest() throws IOException {
    service = new FakeService().answer("GET /items/count", Answer.ok("42"));
  }

  @Override
  protected TestHost host() {
    return TestHost.of("${artifactId}", new ${className}Plugin());
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  @Override
  protected Class<? extends Step<CountItems.Input, CountItems.Output>> step() {
    return CountItems.class;
  }

  @Override
  protected List<CountItems.Input> inputs() {
    return List.of(input());
  }

  @Override
  protected Optional<CountItems.Input> slowInput() {
    service.answer("GET /items/count", Answer.ok("42").after(Duration.ofSeconds(30)));
    return Optional.of(input());
  }

  @Test
  void tellsHowManyItemsThereAre() throws Exception {
    try (TestHost host = host()) {
      assertThat(host.step(CountItems.class).run(input())).isEqualTo(new CountItems.Output(42));
      assertThat(host.log()).containsExactly("INFO The service has 42 items for 2026-11-21");
      assertThat(service.requests().getFirst().path()).isEqualTo("/items/count?day=2026-11-21");
    }
  }

  @Test
  void aDayThatTheServiceDoesNotKnowIsForTheDiagram() throws Exception {
    try (TestHost host = host()) {
      service.answer("GET /items/count", Answer.status(404));

      assertThat(host.step(CountItems.class).failure(input()))
          .isEqualTo(
              new StepFailure.BusinessError(
                  "NO_SUCH_DAY", "The service knows nothing of 2026-11-21"));
    }
  }

  private CountItems.Input input() {
    return new CountItems.Input(DAY, new ${className}Account(service.url(), new Secret("a token")));
  }
}
