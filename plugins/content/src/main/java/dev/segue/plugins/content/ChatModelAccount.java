package dev.segue.plugins.content;

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A chat model at one provider, with what its tokens cost.
 *
 * @param provider whose protocol it speaks
 * @param address the base address, if not the provider's usual one
 * @param model the model's name there
 * @param apiKey to sign in with; none for a model on one's own machine
 * @param structured whether the model can be held to a JSON schema
 * @param inputPrice for a million tokens that it reads
 * @param outputPrice for a million tokens that it writes
 * @param currency of both prices
 * @param timeoutSeconds how long to wait for one answer
 */
@ConnectionInfo(
    name = "chat-model",
    title = "Chat model",
    description =
        "A language model at OpenAI, Anthropic or a server that speaks like them, or on your own"
            + " machine by Ollama. Keys are found in the provider's console.",
    icon = "model.svg")
record ChatModelAccount(
    @Field(title = "Provider") Provider provider,
    @Field(
            title = "Address",
            help = "The provider's usual one if empty.",
            example = "https://api.openai.com/v1")
        Optional<URI> address,
    @Field(title = "Model", minLength = 1, maxLength = 200, example = "gpt-5-mini") String model,
    @Field(title = "API key") Optional<Secret> apiKey,
    @Field(
            title = "Structured output",
            help = "Whether the model can be held to a JSON schema. Off for older models.",
            defaultValue = "true")
        boolean structured,
    @Field(title = "Price per million tokens read", min = 0, defaultValue = "0")
        BigDecimal inputPrice,
    @Field(title = "Price per million tokens written", min = 0, defaultValue = "0")
        BigDecimal outputPrice,
    @Field(title = "Currency of the prices", pattern = "[A-Z]{3}", defaultValue = "USD")
        String currency,
    @Field(title = "Longest wait for an answer (seconds)", min = 1, max = 600, defaultValue = "60")
        int timeoutSeconds)
    implements ConnectionType {

  /** Checks what would otherwise fail with the first call. */
  ChatModelAccount {
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
      throw new IllegalArgumentException(
          "'" + currency + "' is not an ISO 4217 currency code such as USD");
    }
    if (provider != Provider.OLLAMA && address.isEmpty() && apiKey.isEmpty()) {
      throw new IllegalArgumentException(
          provider + " asks for an API key; create one in the provider's console");
    }
    URI base = address.orElse(provider.usualAddress());
    if (base.getHost() == null || base.getUserInfo() != null || !isHttp(base)) {
      throw new IllegalArgumentException("the address must look like https://host/path");
    }
  }

  private static boolean isHttp(URI base) {
    return "https".equals(base.getScheme()) || "http".equals(base.getScheme());
  }

  /** The base address without a slash at its end. */
  String base() {
    return address.orElse(provider.usualAddress()).toString().replaceAll("/+$", "");
  }

  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  @Override
  public Set<String> hosts() {
    URI base = URI.create(base());
    String host = base.getHost().toLowerCase(Locale.ROOT);
    return Set.of(base.getPort() < 0 ? host : host + ":" + base.getPort());
  }

  /** Lists the provider's models, which costs nothing. */
  @Override
  public ConnectionCheck test(StepContext context) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(modelList()).timeout(timeout());
    apiKey.ifPresent(key -> signIn(request, key.reveal()));
    HttpResponse<String> answer;
    try {
      answer = context.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return new ConnectionCheck(
          false, "No answer from " + base() + "; check the address. (" + e.getMessage() + ")");
    }
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      return new ConnectionCheck(false, "The provider does not accept the API key.");
    }
    if (answer.statusCode() != 200) {
      return new ConnectionCheck(
          false, "The provider answers " + answer.statusCode() + "; check the address.");
    }
    return answer.body().contains("\"" + model)
        ? new ConnectionCheck(true, "The provider offers " + model + ".")
        : new ConnectionCheck(
            true, "The provider answers, but does not list " + model + "; check the name.");
  }

  private URI modelList() {
    return URI.create(base() + (provider == Provider.OLLAMA ? "/api/tags" : "/models"));
  }

  private void signIn(HttpRequest.Builder request, String key) {
    switch (provider) {
      case OPENAI, OLLAMA -> request.header("Authorization", "Bearer " + key);
      case ANTHROPIC -> request.header("x-api-key", key).header("anthropic-version", "2023-06-01");
    }
  }
}
