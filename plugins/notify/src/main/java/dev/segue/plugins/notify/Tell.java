package dev.segue.plugins.notify;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.Secret;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.util.List;
import java.util.Optional;

/** Tells one address or one channel something, without approval: for staff, on an error's path. */
@StepInfo(
    name = "tell",
    title = "Tell someone",
    description =
        "Sends one message to one of your own people, by email with attachments or by chat, at once"
            + " and without approval. For messages to guests use Send email.",
    effect = Effect.SEND,
    timeout = "PT2M",
    icon = "bell.svg",
    category = "Messages")
final class Tell implements Step<Tell.Input, Tell.Output> {

  record Input(
      @Field(title = "Mail server", help = "Either this or a channel.", group = "By email")
          Optional<SmtpAccount> account,
      @Field(title = "Recipient", help = "One address.", group = "By email") Optional<String> to,
      @Field(title = "Channel", help = "Either this or a mail server.", group = "By chat")
          Optional<ChatWebhook> webhook,
      @Field(title = "Subject", minLength = 1, maxLength = MessageText.MOST_SUBJECT) String subject,
      @Field(title = "Text", minLength = 1, maxLength = MessageText.MOST_CHAT, multiline = true)
          String text,
      @Field(
              title = "Attachments",
              help = "Stored images and files; a chat gets none.",
              defaultValue = "[]",
              maxLength = Attachment.MOST,
              group = "By email")
          List<Attachment> attachments) {

    /** Refuses a message with no way or two ways to go. */
    Input {
      if (account.isPresent() == webhook.isPresent()) {
        throw new IllegalArgumentException("give either a mail server or a channel");
      }
      if (account.isPresent() != to.isPresent()) {
        throw new IllegalArgumentException("give a recipient with a mail server, and only then");
      }
    }
  }

  record Output(
      @Field(title = "Told", help = "False in a simulation.") boolean told,
      @Field(title = "To whom") String whom,
      @Field(title = "Message id", help = "Of an email.") Optional<String> messageId) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    refuseBadText(input);
    Delivery delivery = send(input, context);
    return switch (delivery) {
      case Delivery.Sent sent ->
          new Output(
              true,
              whom(input),
              Optional.of(sent.reference()).filter(reference -> !reference.isEmpty()));
      case Delivery.Refused refused -> throw new StepError("MESSAGE_REFUSED", refused.reason());
      case Delivery.NotSent not -> throw new RetryLater(not.retryAfter(), not.reason());
      // An error for the diagram, because a fault would be tried again and might tell twice.
      case Delivery.Uncertain perhaps -> throw new StepError("MESSAGE_UNCERTAIN", perhaps.reason());
    };
  }

  @Override
  public Output simulate(Input input, StepContext context) {
    refuseBadText(input);
    return new Output(false, whom(input), Optional.empty());
  }

  private static void refuseBadText(Input input) {
    MessageText.problemOfSubject(input.subject())
        .or(() -> MessageText.problemOfText(input.text(), MessageText.MOST_CHAT))
        .ifPresent(
            words -> {
              throw new StepError("MESSAGE_TEXT", words);
            });
    try {
      input.to().ifPresent(Addresses::parse);
    } catch (IllegalArgumentException e) {
      throw new StepError("MESSAGE_ADDRESS", String.valueOf(e.getMessage()));
    }
  }

  private static Delivery send(Input input, StepContext context) throws InterruptedException {
    if (input.webhook().isPresent()) {
      return new ChatSender(input.webhook().get(), context)
          .send(input.subject() + "\n" + input.text());
    }
    Mail mail =
        new Mail(
            input.to().orElseThrow(),
            input.subject(),
            input.text(),
            Optional.empty(),
            context.idempotencyKey(),
            Attachment.read(input.attachments(), context.artifacts()));
    return new MailSender(input.account().orElseThrow()).send(mail, context.now());
  }

  private static String whom(Input input) {
    return input.webhook().map(ChatWebhook::channel).or(input::to).orElse("");
  }

  @Override
  public List<Input> examples() {
    return List.of(
        new Input(
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ChatWebhook(
                    new Secret("https://hooks.example.com/services/T0/B0/x"), "#kitchen")),
            "The sales import failed",
            "No file has arrived since yesterday. Please look at the till.",
            List.of()));
  }
}
