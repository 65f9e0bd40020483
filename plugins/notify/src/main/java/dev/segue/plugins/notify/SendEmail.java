package dev.segue.plugins.notify;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import dev.segue.sdk.Undo;
import java.util.List;
import java.util.Optional;

/** Sends the same email to each of several people, one message each. */
@StepInfo(
    name = "send-email",
    title = "Send email",
    description =
        "Sends a plain-text email to each recipient, once it is approved. People see the very"
            + " messages first and may alter subject and text.",
    effect = Effect.SEND,
    timeout = "PT2M",
    icon = "mail.svg",
    category = "Messages")
final class SendEmail implements ChangeStep<SendEmail.Input, SentSummary> {

  record Input(
      @Field(title = "Mail server") SmtpAccount account,
      @Field(
              title = "Recipients",
              help = "Addresses; each gets a message of their own.",
              minLength = 1,
              maxLength = 10_000)
          List<String> recipients,
      @Field(title = "Subject", minLength = 1, maxLength = MessageText.MOST_SUBJECT) String subject,
      @Field(
              title = "Text",
              help = "Plain text; no HTML.",
              minLength = 1,
              maxLength = MessageText.MOST_TEXT,
              multiline = true)
          String text,
      @Field(title = "Answers go to", help = "An address; the sender's if empty.")
          Optional<String> replyTo,
      @Field(title = "Reason", help = "Why it is sent, for those who approve.", maxLength = 1000)
          Optional<String> reason) {}

  @Override
  public ChangeSet plan(Input input, StepContext context) {
    List<String> recipients = recipients(input);
    refuse(MessageText.problemOfSubject(input.subject()));
    refuse(MessageText.problemOfText(input.text(), MessageText.MOST_TEXT));
    return new ChangeSet(
        recipients.size() == 1
            ? "Send an email to " + recipients.getFirst()
            : "Send an email to " + recipients.size() + " people",
        input.reason().orElse(""),
        recipients.stream().map(recipient -> change(recipient, input)).toList());
  }

  private static List<String> recipients(Input input) {
    try {
      input.replyTo().ifPresent(Addresses::parse);
      return Addresses.distinct(input.recipients());
    } catch (IllegalArgumentException e) {
      throw new StepError("MESSAGE_ADDRESS", String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(Optional<String> problem) {
    problem.ifPresent(
        words -> {
          throw new StepError("MESSAGE_TEXT", words);
        });
  }

  private static Change change(String recipient, Input input) {
    Change.Builder change =
        Change.of(
                new ChangeTarget("email", recipient, recipient),
                "Email to " + recipient + ": " + input.subject())
            .reason(input.reason().orElse(""))
            .editableAfter("subject", input.subject())
            .editableAfter("text", input.text());
    input.replyTo().ifPresent(address -> change.after("replyTo", address));
    return change.build();
  }

  @Override
  public List<ChangeProblem> check(List<Change> changes, StepContext context) {
    return MessageText.check(changes, MessageText.MOST_TEXT);
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context)
      throws DeliveryUncertainException {
    Mail mail =
        new Mail(
            change.target().id(),
            MessageText.text(change, "subject"),
            MessageText.text(change, "text"),
            Optional.of(MessageText.text(change, "replyTo")).filter(text -> !text.isEmpty()),
            key);
    return Deliveries.toOutcome(
        new MailSender(context.connection(SmtpAccount.class)).send(mail, context.now()));
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) {
    String from = context.connection(SmtpAccount.class).from();
    Mail mail = new Mail(change.target().id(), "", "", Optional.empty(), key);
    return new PastOutcome.Unknown(
        "A mail server cannot be asked whether it took a message. Look for the message id "
            + mail.messageId(from)
            + " in its log, or ask "
            + change.target().label()
            + ".");
  }

  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return new Undo.None("An email that was sent cannot be called back.");
  }

  @Override
  public SentSummary result(List<ChangeResult> outcomes) {
    return SentSummary.of(outcomes);
  }

  @Override
  public List<Input> examples() {
    SmtpAccount account =
        new SmtpAccount(
            "smtp.example.com",
            587,
            TlsMode.STARTTLS,
            Optional.of("office"),
            Optional.of(new Secret("example")),
            "office@example.com",
            Optional.of("Pizza Place"));
    return List.of(
        new Input(
            account,
            List.of("ann@example.com", "bob@example.com"),
            "Half-price Margherita on Tuesday",
            "Dear guest,\n\non Tuesday every Margherita is half the price.\n",
            Optional.empty(),
            Optional.of("Tuesdays are quiet.")));
  }
}
