package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests that every step has to pass are inherited; those of this step alone stand here. */
class CountItemsTest extends StepContract<CountItems.Input, CountItems.Output> {

  private static final LocalDate BUSY_DAY = LocalDate.of(2026, 11, 21);

  private HttpServer service;

  @BeforeEach
  void startService() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/items/count", CountItemsTest::count);
    service.start();
  }

  @AfterEach
  void stopService() {
    service.stop(0);
  }

  @Override
  protected TestHost host() {
    return TestHost.of("${artifactId}", new ${className}Plugin());
  }

  @Override
  protected Class<? extends Step<CountItems.Input, CountItems.Output>> step() {
    return CountItems.class;
  }

  @Override
  protected List<CountItems.Input> inputs() {
    return List.of(on(BUSY_DAY));
  }

  @Test
  void tellsHowManyItemsThereAre() throws Exception {
    try (TestHost host = host()) {
      assertThat(host.step(CountItems.class).run(on(BUSY_DAY)))
          .isEqualTo(new CountItems.Output(42));
      assertThat(host.log()).containsExactly("INFO The service has 42 items for 2026-11-21");
    }
  }

  @Test
  void aDayThatTheServiceDoesNotKnowIsForTheDiagram() throws Exception {
    try (TestHost host = host()) {
      assertThat(host.step(CountItems.class).failure(on(BUSY_DAY.plusDays(1))))
          .isEqualTo(
              new StepFailure.BusinessError(
                  "NO_SUCH_DAY", "The service knows nothing of 2026-11-22"));
    }
  }

  private CountItems.Input on(LocalDate day) {
    URI address = URI.create("http://localhost:" + service.getAddress().getPort());
    return new CountItems.Input(day, new ${className}Account(address, new Secret("a token")));
  }

  private static void count(HttpExchange exchange) throws IOException {
    boolean known = exchange.getRequestURI().getQuery().equals("day=" + BUSY_DAY);
    byte[] body = "42".getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
    if (known) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
