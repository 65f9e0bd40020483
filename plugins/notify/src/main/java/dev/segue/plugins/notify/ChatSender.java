package dev.segue.plugins.notify;

import dev.segue.sdk.StepContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts single messages to a chat's webhook and says what became of them. */
final class ChatSender {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final long LONGEST_WAIT = 3600;

  private final ChatWebhook webhook;
  private final StepContext context;

  ChatSender(ChatWebhook webhook, StepContext context) {
    this.webhook = webhook;
    this.context = context;
  }

  Delivery send(String text) throws InterruptedException {
    // No Idempotency-Key: Slack knows none, and the host would take it for leave to repeat.
    HttpRequest request =
        HttpRequest.newBuilder(webhook.address())
            .header("Content-Type", "application/json; charset=utf-8")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(payload(text)))
            .build();
    try {
      return judge(context.http().send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (ConnectException | UnknownHostException | HttpConnectTimeoutException e) {
      return new Delivery.NotSent(
          "The chat of "
              + webhook.channel()
              + " cannot be reached; check the network and the webhook's address.",
          SOON);
    } catch (IOException e) {
      return new Delivery.Uncertain(
          "The message was posted to "
              + webhook.channel()
              + ", and no answer came; look there whether it arrived. ("
              + e.getMessage()
              + ")");
    }
  }

  private Delivery judge(HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return new Delivery.Sent("");
    }
    String said =
        "The chat of " + webhook.channel() + " answers " + status + " " + shortened(answer.body());
    if (status == 429 || status == 503) {
      return new Delivery.NotSent(said, retryAfter(answer));
    }
    if (status / 100 == 4 || status / 100 == 3) {
      return new Delivery.Refused(said + "; check the webhook in the chat's settings.");
    }
    return new Delivery.Uncertain(said + "; look there whether the message arrived.");
  }

  private static Duration retryAfter(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(value))))
        .orElse(SOON);
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ").strip();
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }

  /** Slack's format, in which three characters are markup: with them one could call everyone. */
  static String payload(String text) {
    String plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "{\"text\":" + quoted(plain) + "}";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
