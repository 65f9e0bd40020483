package dev.segue.plugins.notify;

import dev.segue.sdk.ChangeStep;
import dev.segue.testkit.ChangeStepContract;
import dev.segue.testkit.TestHost;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;

class SendEmailContractIT extends ChangeStepContract<SendEmail.Input, SentSummary> {

  private ScriptedSmtp server;

  @Override
  protected TestHost host() throws IOException {
    server = new ScriptedSmtp();
    return TestHost.of("notify", new NotifyPlugin());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected Class<? extends ChangeStep<SendEmail.Input, SentSummary>> step() {
    return SendEmail.class;
  }

  @Override
  protected SendEmail.Input input() {
    SmtpAccount account =
        new SmtpAccount(
            "127.0.0.1",
            server.port(),
            TlsMode.NONE,
            Optional.empty(),
            Optional.empty(),
            "office@example.com",
            Optional.of("Café"));
    return new SendEmail.Input(
        account,
        List.of("ann@example.com", "bob@example.com"),
        "Hello",
        "Hello",
        Optional.of("boss@example.com"),
        Optional.empty());
  }

  @Override
  protected OptionalLong effects() {
    return OptionalLong.of(server.messages().size());
  }
}
