package dev.segue.plugins.notify;

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.util.Optional;
import java.util.Set;

/**
 * An account at a mail server.
 *
 * @param host of the server
 * @param port of the server
 * @param tls how the connection is protected
 * @param username to sign in with; none for a server that asks for none
 * @param password to sign in with
 * @param from the sender's address
 * @param fromName the sender's name
 */
@ConnectionInfo(
    name = "smtp",
    title = "Mail server (SMTP)",
    description = "The account that sends email; the mail provider names server and password.",
    icon = "mail.svg")
record SmtpAccount(
    @Field(title = "Server", minLength = 1, maxLength = 253, example = "smtp.example.com")
        String host,
    @Field(title = "Port", min = 1, max = 65535, defaultValue = "587") int port,
    @Field(title = "Encryption", defaultValue = "STARTTLS") TlsMode tls,
    @Field(title = "User name") Optional<String> username,
    @Field(title = "Password") Optional<Secret> password,
    @Field(title = "Sender's address", example = "office@example.com") String from,
    @Field(title = "Sender's name", maxLength = 100) Optional<String> fromName)
    implements ConnectionType {

  /** Checks what would otherwise fail with the first message. */
  SmtpAccount {
    Addresses.parse(from);
    if (username.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException("give user name and password, or neither");
    }
    fromName.ifPresent(name -> MessageText.refuseControls("the sender's name", name));
  }

  @Override
  public Set<String> hosts() {
    return Set.of();
  }

  @Override
  public ConnectionCheck test(StepContext context) throws Exception {
    return new MailSender(this).test();
  }
}
