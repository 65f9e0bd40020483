package dev.segue.plugins.notify;

import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Secret;
import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Hands single messages to a mail server and says what became of them. */
final class MailSender {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LATER = Duration.ofMinutes(5);
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final SmtpAccount account;

  MailSender(SmtpAccount account) {
    this.account = account;
  }

  /** Connects, signs in, and leaves. */
  ConnectionType.ConnectionCheck test() {
    try (TrackedTransport transport = new TrackedTransport(session(), isTls())) {
      connect(transport);
      return new ConnectionType.ConnectionCheck(
          true, account.host() + " answers, and the sign-in works.");
    } catch (MessagingException e) {
      return new ConnectionType.ConnectionCheck(false, notConnected(e));
    }
  }

  /**
   * Sends one message over a connection of its own.
   *
   * @param mail to whom and what
   * @param date the date in its header
   */
  Delivery send(Mail mail, Instant date) {
    Session session = session();
    MimeMessage message;
    try {
      message = message(mail, date, session);
    } catch (MessagingException | UnsupportedEncodingException e) {
      return new Delivery.Refused("The message cannot be made: " + e.getMessage());
    }
    TrackedTransport transport = new TrackedTransport(session, isTls());
    try {
      connect(transport);
    } catch (MessagingException e) {
      close(transport);
      return new Delivery.NotSent(
          notConnected(e), e instanceof AuthenticationFailedException ? LATER : SOON);
    }
    try {
      transport.sendMessage(message, message.getAllRecipients());
      return new Delivery.Sent(mail.messageId(account.from()));
    } catch (MessagingException e) {
      return judge(transport.progress(), e, mail);
    } finally {
      close(transport);
    }
  }

  private Delivery judge(TrackedTransport.Progress progress, MessagingException e, Mail mail) {
    int code = replyCode(e).orElse(0);
    if (progress == TrackedTransport.Progress.TAKEN) {
      return new Delivery.Sent(mail.messageId(account.from()));
    }
    if (code >= 500 && code < 600) {
      return new Delivery.Refused(
          account.host() + " refuses the message to " + mail.to() + ": " + words(e));
    }
    if (code >= 400 && code < 500) {
      return new Delivery.NotSent(
          account.host() + " does not take the message to " + mail.to() + " now: " + words(e),
          LATER);
    }
    return progress == TrackedTransport.Progress.UNFINISHED
        ? new Delivery.NotSent(
            "The connection to "
                + account.host()
                + " broke before the message to "
                + mail.to()
                + " was out: "
                + words(e),
            SOON)
        : new Delivery.Uncertain(
            "The message to "
                + mail.to()
                + " was handed to "
                + account.host()
                + ", which did not answer. It may have been sent: look for the message id "
                + mail.messageId(account.from())
                + " in the mail server's log or the mailbox. ("
                + words(e)
                + ")");
  }

  /** The server's reply, wherever in the chain it is. */
  private static Optional<Integer> replyCode(MessagingException e) {
    for (Exception next = e;
        next instanceof MessagingException link;
        next = link.getNextException()) {
      int code =
          switch (link) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> 0;
          };
      if (code >= 400 && code < 600) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  private static String words(MessagingException e) {
    Throwable last = e;
    for (Exception next = e;
        next instanceof MessagingException link;
        next = link.getNextException()) {
      last = link;
    }
    String message = last.getMessage();
    return message == null ? last.getClass().getSimpleName() : message.strip();
  }

  private String notConnected(MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return account.host()
          + " does not accept the sign-in; check user name and password of the connection. ("
          + words(e)
          + ")";
    }
    return "No connection to "
        + account.host()
        + ":"
        + account.port()
        + "; check server, port and encryption of the connection. ("
        + words(e)
        + ")";
  }

  private void connect(TrackedTransport transport) throws MessagingException {
    transport.connect(
        account.host(),
        account.port(),
        account.username().orElse(null),
        account.password().map(Secret::reveal).orElse(null));
  }

  private static void close(TrackedTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // The message's fate was decided before QUIT.
      return;
    }
  }

  private boolean isTls() {
    return account.tls() == TlsMode.TLS;
  }

  private Session session() {
    Properties settings = new Properties();
    settings.put("mail.smtp.auth", Boolean.toString(account.username().isPresent()));
    settings.put("mail.smtp.connectiontimeout", "20000");
    settings.put("mail.smtp.timeout", "60000");
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
    settings.put("mail.smtp.quitwait", "false");
    if (account.tls() == TlsMode.STARTTLS) {
      settings.put("mail.smtp.starttls.enable", "true");
      settings.put("mail.smtp.starttls.required", "true");
    }
    return Session.getInstance(settings);
  }

  private MimeMessage message(Mail mail, Instant date, Session session)
      throws MessagingException, UnsupportedEncodingException {
    String id = mail.messageId(account.from());
    MimeMessage message = new IdentifiedMessage(session, id);
    message.setFrom(new InternetAddress(account.from(), account.fromName().orElse(null), UTF_8));
    message.setRecipient(Message.RecipientType.TO, Addresses.parse(mail.to()));
    if (mail.replyTo().isPresent()) {
      message.setReplyTo(new InternetAddress[] {Addresses.parse(mail.replyTo().get())});
    }
    message.setSubject(mail.subject(), UTF_8);
    if (mail.files().isEmpty()) {
      message.setText(mail.text(), UTF_8, "plain");
    } else {
      message.setContent(withFiles(mail));
    }
    message.setSentDate(Date.from(date));
    message.setHeader("X-Segue-Key", mail.fingerprint());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  /** The text first, then the files, each to be shown or kept by its name. */
  private static MimeMultipart withFiles(Mail mail) throws MessagingException {
    MimeMultipart parts = new MimeMultipart("mixed");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8, "plain");
    parts.addBodyPart(text);
    for (Enclosure file : mail.files()) {
      MimeBodyPart part = new MimeBodyPart();
      part.setDataHandler(
          new DataHandler(new ByteArrayDataSource(file.content(), file.mediaType())));
      part.setFileName(file.name());
      part.setDisposition(Part.ATTACHMENT);
      part.setHeader("Content-Transfer-Encoding", "base64");
      parts.addBodyPart(part);
    }
    return parts;
  }

  /** Keeps its id, where the library would make a new one at each save. */
  private static final class IdentifiedMessage extends MimeMessage {
    private final String id;

    IdentifiedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
