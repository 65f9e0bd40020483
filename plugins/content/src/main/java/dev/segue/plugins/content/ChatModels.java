package dev.segue.plugins.content;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.segue.sdk.Secret;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;

/**
 * Makes clients of chat models. They speak through the JDK's HTTP client and not through the host's
 * {@code StepContext.http()}, which their library cannot use; they know no address but the
 * connection's and follow no redirect.
 */
final class ChatModels {

  private ChatModels() {}

  /** A client that tries each call once. */
  static ChatModel open(ChatModelAccount account, Duration timeout, int mostOutputTokens) {
    return switch (account.provider()) {
      case OPENAI -> openAi(account, timeout, mostOutputTokens);
      case ANTHROPIC -> anthropic(account, timeout, mostOutputTokens);
      case OLLAMA -> ollama(account, timeout, mostOutputTokens);
    };
  }

  private static ChatModel openAi(ChatModelAccount account, Duration timeout, int most) {
    OpenAiChatModel.OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(http())
            .baseUrl(account.base())
            .apiKey(key(account))
            .modelName(account.model())
            .timeout(timeout)
            .maxRetries(0)
            .strictJsonSchema(account.structured())
            .supportedCapabilities(capabilities(account));
    // OpenAI's newer models refuse the old name, and servers like it don't know the new one.
    boolean itself = account.base().startsWith("https://api.openai.com/");
    return (itself ? builder.maxCompletionTokens(most) : builder.maxTokens(most)).build();
  }

  private static ChatModel anthropic(ChatModelAccount account, Duration timeout, int most) {
    return AnthropicChatModel.builder()
        .httpClientBuilder(http())
        .baseUrl(account.base())
        .apiKey(key(account))
        .modelName(account.model())
        .timeout(timeout)
        .maxRetries(0)
        .maxTokens(most)
        .supportedCapabilities(capabilities(account))
        .build();
  }

  private static ChatModel ollama(ChatModelAccount account, Duration timeout, int most) {
    return OllamaChatModel.builder()
        .httpClientBuilder(http())
        .baseUrl(account.base())
        .modelName(account.model())
        .timeout(timeout)
        .maxRetries(0)
        .numPredict(most)
        .supportedCapabilities(capabilities(account))
        .build();
  }

  private static Set<Capability> capabilities(ChatModelAccount account) {
    return account.structured() ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
  }

  /** Servers on one's own machine ask for none, but the client won't go without. */
  private static String key(ChatModelAccount account) {
    return account.apiKey().map(Secret::reveal).orElse("none");
  }

  private static HttpClientBuilder http() {
    return new JdkHttpClientBuilder()
        .httpClientBuilder(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER));
  }
}
