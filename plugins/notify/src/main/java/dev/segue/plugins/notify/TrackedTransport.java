package dev.segue.plugins.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * An SMTP connection that remembers how far a message got. A server may deliver a message only
 * after it has seen the line with the single full stop (RFC 5321, 4.1.1.4): before that line
 * nothing was sent, after it only the answer tells.
 */
final class TrackedTransport extends SMTPTransport {

  /** How far the message got. */
  enum Progress {
    /** The end of the message was not sent. */
    UNFINISHED,
    /** The end of the message was perhaps sent, and no answer has come. */
    ENDING,
    /** The server took the message. */
    TAKEN
  }

  private Progress progress = Progress.UNFINISHED;

  TrackedTransport(Session session, boolean tls) {
    super(session, new URLName(tls ? "smtps" : "smtp", null, -1, null, null, null), "smtp", tls);
  }

  Progress progress() {
    return progress;
  }

  @Override
  protected OutputStream data() throws MessagingException {
    progress = Progress.UNFINISHED;
    return super.data();
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    progress = Progress.ENDING;
    super.finishData();
    progress = Progress.TAKEN;
  }
}
