package dev.segue.sdk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not be shown: masked in {@code toString}, in logs, errors and exports. */
public final class Secret {

  private final String value;

  /**
   * Wraps a secret.
   *
   * @param value the secret itself
   */
  public Secret(String value) {
    this.value = value;
  }

  /**
   * Gives the secret itself, to be handed to the outside system and kept nowhere.
   *
   * @return the text as the operator stored it
   */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "********";
  }
}
