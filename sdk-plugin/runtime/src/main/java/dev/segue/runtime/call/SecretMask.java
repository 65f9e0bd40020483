package dev.segue.runtime.call;

import dev.segue.sdk.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hides the secrets that were handed out in one call from whatever text leaves it. Secrets of less
 * than four characters are left alone: hiding them would garble every text and protect nothing.
 * Thread-safe.
 */
public final class SecretMask {

  private static final int SHORTEST = 4;
  private static final String MASK = "********";

  private final List<String> hidden = new CopyOnWriteArrayList<>();

  /**
   * Hides a secret from now on, as it is and as it would stand in a URL.
   *
   * @param secret any secret
   */
  public void add(Secret secret) {
    String value = secret.reveal();
    if (value.length() < SHORTEST) {
      return;
    }
    hide(value);
    hide(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private void hide(String value) {
    if (!hidden.contains(value)) {
      hidden.add(value);
      hidden.sort(Comparator.comparingInt(String::length).reversed());
    }
  }

  /**
   * Masks a text.
   *
   * @param text any text
   * @return the text with eight asterisks in the place of each secret
   */
  public String mask(String text) {
    String masked = text;
    for (String value : hidden) {
      masked = masked.replace(value, MASK);
    }
    return masked;
  }
}
