package dev.segue.plugins.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.runtime.call.StepFailure;
import dev.segue.testkit.TestHost;
import jakarta.mail.BodyPart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored files that go with an email. */
class AttachmentIT {

  private ScriptedSmtp server;
  private TestHost host;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedSmtp();
    host = TestHost.of("notify", new NotifyPlugin());
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    server.close();
  }

  @Test
  void sendsTheVeryBytesAfterTheText() throws Exception {
    byte[] chart = new byte[50_000];
    new Random(7).nextBytes(chart);

    host.step(Tell.class).run(input(List.of(stored(chart))));

    MimeMessage message =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(
                server.messages().getFirst().getBytes(StandardCharsets.UTF_8)));
    assertThat(message.getContentType()).startsWith("multipart/mixed");
    assertThat(message.getSubject()).isEqualTo("Käse wird teuer");
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContent()).asString().startsWith("Sieh selbst: ☕");
    BodyPart file = parts.getBodyPart(1);
    assertThat(file.getContentType()).startsWith("image/png");
    assertThat(file.getFileName()).isEqualTo("chart.png");
    assertThat(file.getDisposition()).isEqualTo(Part.ATTACHMENT);
    assertThat(file.getInputStream().readAllBytes()).isEqualTo(chart);
    assertThat(server.messages().getFirst().lines()).allMatch(line -> line.length() <= 998);
  }

  @Test
  void sendsNothingIfAFileIsNotThereOrTooMuch() throws Exception {
    Attachment gone = new Attachment("0".repeat(64), "chart.png", "image/png");
    assertThat(host.step(Tell.class).failure(input(List.of(gone))))
        .asInstanceOf(type(StepFailure.BusinessError.class))
        .satisfies(error -> assertThat(error.code()).isEqualTo("MESSAGE_ATTACHMENT"));
    Attachment large = stored(new byte[6 * 1024 * 1024]);
    assertThat(host.step(Tell.class).failure(input(List.of(large, large))).message())
        .contains("larger than 10 MiB");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void rehearsesWithoutReadingTheFile() throws Exception {
    Attachment gone = new Attachment("0".repeat(64), "chart.png", "image/png");
    assertThat(host.step(Tell.class).simulate(input(List.of(gone))).told()).isFalse();
  }

  private Attachment stored(byte[] content) throws IOException {
    return new Attachment(
        host.artifacts()
            .put("shared/chart", "image/png", new ByteArrayInputStream(content), Map.of())
            .sha256(),
        "chart.png",
        "image/png");
  }

  private Tell.Input input(List<Attachment> attachments) {
    SmtpAccount account =
        new SmtpAccount(
            "127.0.0.1",
            server.port(),
            TlsMode.NONE,
            Optional.empty(),
            Optional.empty(),
            "office@example.com",
            Optional.empty());
    return new Tell.Input(
        Optional.of(account),
        Optional.of("ann@example.com"),
        Optional.empty(),
        "Käse wird teuer",
        "Sieh selbst: ☕",
        attachments);
  }
}
