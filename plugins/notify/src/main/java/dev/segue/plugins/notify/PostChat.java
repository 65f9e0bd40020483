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

/** Posts one message into a channel. */
@StepInfo(
    name = "post-chat",
    title = "Post to a chat",
    description =
        "Posts a message into a channel of Slack or a chat like it, once it is approved. People see"
            + " the very message first and may alter it.",
    effect = Effect.SEND,
    timeout = "PT2M",
    icon = "chat.svg",
    category = "Messages")
final class PostChat implements ChangeStep<PostChat.Input, SentSummary> {

  record Input(
      @Field(title = "Channel") ChatWebhook webhook,
      @Field(title = "Text", minLength = 1, maxLength = MessageText.MOST_CHAT, multiline = true)
          String text,
      @Field(title = "Reason", help = "Why it is posted, for those who approve.", maxLength = 1000)
          Optional<String> reason) {}

  @Override
  public ChangeSet plan(Input input, StepContext context) {
    MessageText.problemOfText(input.text(), MessageText.MOST_CHAT)
        .ifPresent(
            words -> {
              throw new StepError("MESSAGE_TEXT", words);
            });
    String channel = input.webhook().channel();
    return new ChangeSet(
        "Post to " + channel,
        input.reason().orElse(""),
        List.of(
            Change.of(new ChangeTarget("chat-message", channel, channel), "Post to " + channel)
                .reason(input.reason().orElse(""))
                .editableAfter("text", input.text())
                .build()));
  }

  @Override
  public List<ChangeProblem> check(List<Change> changes, StepContext context) {
    return MessageText.check(changes, MessageText.MOST_CHAT);
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context)
      throws DeliveryUncertainException, InterruptedException {
    ChatSender sender = new ChatSender(context.connection(ChatWebhook.class), context);
    return Deliveries.toOutcome(sender.send(MessageText.text(change, "text")));
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) {
    return new PastOutcome.Unknown(
        "A webhook cannot be asked what it posted. Look into "
            + change.target().label()
            + " for the message.");
  }

  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return new Undo.None("A webhook cannot take back what it posted; delete it in the chat.");
  }

  @Override
  public SentSummary result(List<ChangeResult> outcomes) {
    return SentSummary.of(outcomes);
  }

  @Override
  public List<Input> examples() {
    return List.of(
        new Input(
            new ChatWebhook(new Secret("https://hooks.example.com/services/T0/B0/x"), "#kitchen"),
            "The new prices hold from tomorrow.",
            Optional.empty()));
  }
}
