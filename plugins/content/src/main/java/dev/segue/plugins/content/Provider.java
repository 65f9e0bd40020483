package dev.segue.plugins.content;

import java.net.URI;

/** Whose protocol a chat model speaks. */
enum Provider {
  /** OpenAI, or any server that speaks its chat completions. */
  OPENAI("https://api.openai.com/v1"),
  /** Anthropic's messages. */
  ANTHROPIC("https://api.anthropic.com/v1"),
  /** A model on one's own machine, by Ollama. */
  OLLAMA("http://localhost:11434");

  private final URI usualAddress;

  Provider(String usualAddress) {
    this.usualAddress = URI.create(usualAddress);
  }

  URI usualAddress() {
    return usualAddress;
  }
}
