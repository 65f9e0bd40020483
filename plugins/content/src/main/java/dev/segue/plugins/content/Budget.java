package dev.segue.plugins.content;

import dev.langchain4j.model.output.TokenUsage;
import dev.segue.sdk.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Counts what a run spends on one model and says when it has to stop. Not thread-safe. */
final class Budget {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  // English text has about four characters to a token; three is on the safe side.
  private static final int CHARACTERS_PER_TOKEN = 3;

  private final BigDecimal most;
  private final ChatModelAccount account;
  private long inputTokens;
  private long outputTokens;

  Budget(BigDecimal most, ChatModelAccount account) {
    this.most = most;
    this.account = account;
  }

  /** Whether a call may be made that writes at most so many tokens. */
  boolean allows(int promptCharacters, int mostOutputTokens) {
    long tokens = promptCharacters / CHARACTERS_PER_TOKEN + 1L;
    return spent().add(cost(tokens, mostOutputTokens)).compareTo(most) <= 0;
  }

  /**
   * Adds a call.
   *
   * @param usage as the provider counts; an absent count is taken for the worst
   */
  void add(@Nullable TokenUsage usage, int promptCharacters, int mostOutputTokens) {
    Integer input = usage == null ? null : usage.inputTokenCount();
    Integer output = usage == null ? null : usage.outputTokenCount();
    inputTokens += input == null ? promptCharacters / CHARACTERS_PER_TOKEN + 1L : input;
    outputTokens += output == null ? mostOutputTokens : output;
  }

  private BigDecimal cost(long input, long output) {
    return account
        .inputPrice()
        .multiply(BigDecimal.valueOf(input))
        .add(account.outputPrice().multiply(BigDecimal.valueOf(output)))
        .divide(MILLION, 8, RoundingMode.HALF_UP);
  }

  private BigDecimal spent() {
    return cost(inputTokens, outputTokens);
  }

  BigDecimal most() {
    return most;
  }

  long inputTokens() {
    return inputTokens;
  }

  long outputTokens() {
    return outputTokens;
  }

  /** What was spent so far, to a millionth. */
  Money cost() {
    return new Money(
        spent().setScale(6, RoundingMode.HALF_UP), Currency.getInstance(account.currency()));
  }
}
