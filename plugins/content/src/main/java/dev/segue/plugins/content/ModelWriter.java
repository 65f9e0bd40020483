package dev.segue.plugins.content;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.segue.sdk.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for texts, within a budget, and gives up on it for the rest of the run when it
 * cannot be reached. Not thread-safe; one per run of the step.
 */
final class ModelWriter {

  private static final int MOST_OUTPUT_TOKENS = 1_500;
  private static final int ANSWERS = 3;
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofMillis(400);

  private final ChatModelAccount account;
  private final ChatModel model;
  private final Prompt prompt;
  private final TextRules rules;
  private final Budget budget;
  private final StepContext context;
  private @Nullable String givenUp;

  ModelWriter(ChatModelAccount account, Brand brand, Budget budget, StepContext context) {
    this.account = account;
    this.model = ChatModels.open(account, account.timeout(), MOST_OUTPUT_TOKENS);
    this.prompt = new Prompt(brand);
    this.rules = new TextRules(brand);
    this.budget = budget;
    this.context = context;
  }

  /** What came of asking. */
  sealed interface Attempt {

    /**
     * The model's texts keep to the rules.
     *
     * @param texts as it wrote them
     * @param answers how many answers it took
     */
    record Written(Texts texts, int answers) implements Attempt {}

    /**
     * There are no texts to use.
     *
     * @param reason why, in words
     */
    record Failed(String reason) implements Attempt {}
  }

  Attempt write(Promotion promotion) throws InterruptedException {
    if (givenUp != null) {
      return new Attempt.Failed(givenUp);
    }
    List<ChatMessage> messages = prompt.first(promotion);
    List<String> violations = List.of();
    for (int answers = 1; answers <= ANSWERS; answers++) {
      int characters = Prompt.characters(messages);
      if (!budget.allows(characters, MOST_OUTPUT_TOKENS)) {
        return new Attempt.Failed(
            "the most that a run may cost ("
                + budget.most().toPlainString()
                + " "
                + account.currency()
                + ") is nearly reached");
      }
      String answer;
      try {
        answer = ask(messages, characters);
      } catch (RuntimeException e) {
        return failed(e);
      }
      Optional<Texts> texts = Reply.texts(answer);
      violations =
          texts
              .map(found -> rules.violations(found, promotion))
              .orElse(List.of("it is not a JSON object with the four text fields"));
      if (texts.isPresent() && violations.isEmpty()) {
        return new Attempt.Written(texts.get(), answers);
      }
      context.log().info("The model's answer {} is refused: {}", answers, violations);
      Prompt.again(messages, answer, violations);
    }
    return new Attempt.Failed(
        "the model broke the rules " + ANSWERS + " times: " + String.join("; ", violations));
  }

  private String ask(List<ChatMessage> messages, int characters) throws InterruptedException {
    ChatRequest.Builder request = ChatRequest.builder().messages(List.copyOf(messages));
    if (account.structured()) {
      request.responseFormat(Prompt.format());
    }
    ChatResponse response = call(request.build());
    budget.add(response.tokenUsage(), characters, MOST_OUTPUT_TOKENS);
    String text = response.aiMessage().text();
    return text == null ? "" : text;
  }

  /** Tries again after faults that pass, but not after a time-out, which was long enough. */
  private ChatResponse call(ChatRequest request) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return model.chat(request);
      } catch (TimeoutException e) {
        throw e;
      } catch (RetriableException e) {
        if (tries == TRIES) {
          throw e;
        }
        Thread.sleep(PAUSE.multipliedBy(1L << (tries - 1)));
      }
    }
  }

  private Attempt failed(RuntimeException e) throws InterruptedException {
    if (Thread.interrupted() || hasCause(e, InterruptedException.class)) {
      throw new InterruptedException("interrupted while the model was asked");
    }
    String reason =
        switch (e) {
          case TimeoutException late ->
              "the model did not answer within " + account.timeoutSeconds() + " seconds";
          case AuthenticationException no ->
              "the provider does not accept the API key; check the connection";
          default -> "the model could not be asked: " + firstLine(e);
        };
    givenUp = reason;
    return new Attempt.Failed(reason);
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable next = e; next != null; next = next.getCause()) {
      if (type.isInstance(next)) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String kind = e.getClass().getSimpleName();
    String text = message.isBlank() || message.equals("null") ? kind : kind + ": " + message;
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
