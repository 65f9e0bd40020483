package dev.segue.plugins.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatIT {

  private static final int HANG_UP = 0;

  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final PostChat step = new PostChat();
  private volatile int status = 200;
  private HttpServer server;
  private ChatWebhook webhook;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/services/T0/B0/token",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          if (status != HANG_UP) {
            exchange.getResponseHeaders().add("Retry-After", "30");
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write("ok".getBytes(UTF_8));
          }
          exchange.close();
        });
    server.start();
    webhook =
        new ChatWebhook(
            new Secret(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/token"),
            "#kitchen");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void postsTheTextWithoutItsMarkup() throws Exception {
    assertThat(apply("Käse & \"Brot\" für <!channel>\nneu"))
        .isInstanceOf(ChangeOutcome.Applied.class);

    assertThat(posted)
        .containsExactly("{\"text\":\"Käse &amp; \\\"Brot\\\" für &lt;!channel&gt;\\nneu\"}");
  }

  @Test
  void reachesNoHostButTheWebhooks() {
    assertThat(webhook.hosts()).containsExactly("127.0.0.1:" + server.getAddress().getPort());
    assertThat(new ChatWebhook(new Secret("https://Hooks.Slack.com/services/x"), "#a").hosts())
        .containsExactly("hooks.slack.com");
  }

  @Test
  void waitsAsLongAsTheChatAsksFor() {
    status = 429;

    assertThatThrownBy(() -> apply("x"))
        .isInstanceOfSatisfying(
            RetryLater.class, later -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 410})
  void takesANoForANo(int no) throws Exception {
    status = no;

    assertThat(apply("x")).isInstanceOf(ChangeOutcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {HANG_UP, 500, 502, 504})
  void leavesItToAPersonWhenTheAnswerSaysNothing(int answer) {
    status = answer;

    assertThatThrownBy(() -> apply("x")).isInstanceOf(DeliveryUncertainException.class);
  }

  @Test
  void triesAgainWhenTheChatCannotBeReached() {
    server.stop(0);

    assertThatThrownBy(() -> apply("x")).isInstanceOf(RetryLater.class);
  }

  @Test
  void tellsAChannelAtOnceOrEndsWithAnErrorForTheDiagram() throws Exception {
    Tell tell = new Tell();
    Tell.Input input =
        new Tell.Input(
            Optional.empty(),
            Optional.empty(),
            Optional.of(webhook),
            "Import failed",
            "No file.",
            List.of());

    assertThat(tell.simulate(input, context()).told()).isFalse();
    assertThat(posted).isEmpty();
    assertThat(tell.run(input, context()).told()).isTrue();
    assertThat(posted).containsExactly("{\"text\":\"Import failed\\nNo file.\"}");

    status = HANG_UP;
    assertThatThrownBy(() -> tell.run(input, context()))
        .isInstanceOfSatisfying(
            StepError.class, error -> assertThat(error.code()).isEqualTo("MESSAGE_UNCERTAIN"));
  }

  @Test
  void tellsOnePersonByEmail() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp()) {
      SmtpAccount account =
          new SmtpAccount(
              "127.0.0.1",
              smtp.port(),
              TlsMode.NONE,
              Optional.empty(),
              Optional.empty(),
              "office@example.com",
              Optional.empty());

      Tell.Output told =
          new Tell()
              .run(
                  new Tell.Input(
                      Optional.of(account),
                      Optional.of("chef@example.com"),
                      Optional.empty(),
                      "Import failed",
                      "No file.",
                      List.of()),
                  context());

      assertThat(told.messageId()).isPresent();
      assertThat(smtp.messages()).singleElement().asString().contains("To: chef@example.com");
    }
  }

  @Test
  void neverShowsTheWebhooksAddress() {
    assertThatThrownBy(() -> new ChatWebhook(new Secret("http://evil.example/hook"), "#a"))
        .hasMessageNotContaining("evil.example");
    assertThatThrownBy(() -> new ChatWebhook(new Secret("::::"), "#a"))
        .hasMessageNotContaining("::::");
  }

  private ChangeOutcome apply(String text) throws Exception {
    Change change =
        step.plan(new PostChat.Input(webhook, text, Optional.empty()), context())
            .changes()
            .getFirst();
    return step.apply(change, "set-1/0", context());
  }

  private StepContext context() {
    return TestHost.of("notify", new NotifyPlugin()).context(webhook);
  }
}
