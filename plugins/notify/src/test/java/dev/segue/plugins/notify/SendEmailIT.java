package dev.segue.plugins.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.testkit.TestHost;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendEmailIT {

  private final SendEmail step = new SendEmail();
  private ScriptedSmtp server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedSmtp();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void sendsWhatWasApprovedInUtf8WithAnIdMadeOfTheKey() throws Exception {
    Change edited =
        plan("ann@example.com")
            .withAfter(Map.of("subject", "Käse für alle – heute", "text", "Grüße,\n.\nIhr Café ☕"));

    ChangeOutcome outcome = step.apply(edited, "set-1/0", context());

    assertThat(outcome).isInstanceOf(ChangeOutcome.Applied.class);
    MimeMessage message = message(0);
    assertThat(message.getSubject()).isEqualTo("Käse für alle – heute");
    assertThat(message.getContent().toString().replace("\r", ""))
        .startsWith("Grüße,\n.\nIhr Café ☕");
    assertThat(message.getFrom()[0]).hasToString("=?UTF-8?Q?Caf=C3=A9?= <office@example.com>");
    assertThat(message.getMessageID())
        .isEqualTo(((ChangeOutcome.Applied) outcome).reference())
        .endsWith("@example.com>");
    assertThat(message.getMessageID()).contains(message.getHeader("X-Segue-Key")[0]);
  }

  @Test
  void givesARepetitionTheSameIdAndAnotherChangeAnotherOne() throws Exception {
    Change change = plan("ann@example.com");

    step.apply(change, "set-1/0", context());
    step.apply(change, "set-1/0", context());
    step.apply(change, "set-1/1", context());

    assertThat(message(1).getMessageID()).isEqualTo(message(0).getMessageID());
    assertThat(message(2).getMessageID()).isNotEqualTo(message(0).getMessageID());
  }

  @Test
  void plansOneMessagePerPerson() {
    ChangeSet set =
        step.plan(
            input(List.of("ann@example.com", "ANN@example.com", "bob@example.com"), "Hello"),
            context());

    assertThat(set.changes())
        .extracting(change -> change.target().id())
        .containsExactly("ann@example.com", "bob@example.com");
    assertThat(set.changes()).allMatch(change -> change.editable().contains("text"));
    assertThat(server.commands()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RCPT", "MAIL", "DATA", "."})
  void takesANoOfTheServerForANo(String command) throws Exception {
    server.answer(command, "550 5.1.1 no such person");

    assertThat(step.apply(plan("ann@example.com"), "k", context()))
        .isInstanceOfSatisfying(
            ChangeOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("no such person"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
  void triesAgainAfterAConnectionThatBrokeBeforeTheMessageWasOut(String command) {
    server.answer(command, ScriptedSmtp.HANG_UP);

    assertThatThrownBy(() -> step.apply(plan("ann@example.com"), "k", context()))
        .isInstanceOf(RetryLater.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RCPT", "."})
  void triesAgainWhenTheServerSaysLater(String command) {
    server.answer(command, "451 4.7.1 greylisted");

    assertThatThrownBy(() -> step.apply(plan("ann@example.com"), "k", context()))
        .isInstanceOf(RetryLater.class)
        .hasMessageContaining("greylisted");
  }

  @Test
  void leavesItToAPersonWhenNoAnswerComesAfterTheMessage() {
    server.answer(".", ScriptedSmtp.HANG_UP);
    Change change = plan("ann@example.com");

    assertThatThrownBy(() -> step.apply(change, "k", context()))
        .isInstanceOf(DeliveryUncertainException.class)
        .hasMessageContaining("may have been sent");
    assertThat(server.messages()).hasSize(1);
    assertThat(step.outcome(change, "k", context())).isInstanceOf(PastOutcome.Unknown.class);
  }

  @Test
  void countsAMessageAsSentWhateverHappensAtTheGoodbye() throws Exception {
    server.answer("QUIT", ScriptedSmtp.HANG_UP);

    assertThat(step.apply(plan("ann@example.com"), "k", context()))
        .isInstanceOf(ChangeOutcome.Applied.class);
  }

  @Test
  void saysWhatToMendWhenTheServerIsNotThere() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    SmtpAccount account = account(closed, TlsMode.NONE, Optional.empty());

    assertThatThrownBy(() -> step.apply(plan("ann@example.com"), "k", context(account)))
        .isInstanceOf(RetryLater.class)
        .hasMessageContaining("check server, port and encryption");
    assertThat(account.test(context()).works()).isFalse();
  }

  @Test
  void sendsNothingInTheClearWhenEncryptionIsAskedFor() {
    SmtpAccount account = account(server.port(), TlsMode.STARTTLS, Optional.empty());

    assertThatThrownBy(() -> step.apply(plan("ann@example.com"), "k", context(account)))
        .isInstanceOf(RetryLater.class);
    assertThat(server.commands()).doesNotContain("MAIL", "AUTH");
  }

  @Test
  void signsInWhereTheAccountSaysSo() throws Exception {
    SmtpAccount account = account(server.port(), TlsMode.NONE, Optional.of("office"));
    assertThat(account.test(context())).matches(ConnectionType.ConnectionCheck::works);

    server.answer("AUTH", "535 5.7.8 wrong password");
    assertThatThrownBy(() -> step.apply(plan("ann@example.com"), "k", context(account)))
        .isInstanceOf(RetryLater.class)
        .hasMessageContaining("check user name and password")
        .hasMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.com\r\nBcc: all@example.com",
        "ann",
        "ann@example.com, bob@example.com",
        "Ann <ann@example.com>",
        "@example.com"
      })
  void refusesWhatIsNotOneAddress(String recipient) {
    assertThatThrownBy(() -> plan(recipient))
        .isInstanceOfSatisfying(
            StepError.class, error -> assertThat(error.code()).isEqualTo("MESSAGE_ADDRESS"));
  }

  @Test
  void refusesASubjectThatSmugglesAHeader() {
    String subject = "Hello\r\nBcc: all@example.com";

    assertThatThrownBy(() -> step.plan(input(List.of("ann@example.com"), subject), context()))
        .isInstanceOf(StepError.class);
    Change edited = plan("ann@example.com").withAfter(Map.of("subject", subject, "text", "Hello"));
    assertThat(step.check(List.of(edited), context()))
        .singleElement()
        .matches(problem -> problem.field().equals("subject"));
  }

  @Test
  void sumsUpWhoGotNothing() {
    Change change = plan("ann@example.com");

    SentSummary summary =
        step.result(
            List.of(
                new ChangeResult(change, new ChangeOutcome.Applied("<1@x>")),
                new ChangeResult(change, new ChangeOutcome.Refused("no such person"))));

    assertThat(summary).isEqualTo(new SentSummary(1, 1, List.of("no such person")));
  }

  private Change plan(String recipient) {
    return step.plan(input(List.of(recipient), "Hello"), context()).changes().getFirst();
  }

  private SendEmail.Input input(List<String> recipients, String subject) {
    return new SendEmail.Input(
        account(server.port(), TlsMode.NONE, Optional.empty()),
        recipients,
        subject,
        "Hello",
        Optional.empty(),
        Optional.empty());
  }

  private StepContext context() {
    return context(account(server.port(), TlsMode.NONE, Optional.empty()));
  }

  private StepContext context(SmtpAccount account) {
    return TestHost.of("notify", new NotifyPlugin()).context(account);
  }

  private static SmtpAccount account(int port, TlsMode tls, Optional<String> user) {
    return new SmtpAccount(
        "127.0.0.1",
        port,
        tls,
        user,
        user.map(name -> new Secret("sesame")),
        "office@example.com",
        Optional.of("Café"));
  }

  private MimeMessage message(int index) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(server.messages().get(index).getBytes(StandardCharsets.UTF_8)));
  }
}
