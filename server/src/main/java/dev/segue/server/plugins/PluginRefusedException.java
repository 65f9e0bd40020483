package dev.segue.server.plugins;

import org.jspecify.annotations.Nullable;

/**
 * A plugin zip breaks a rule. The message names the zip, the place in it and the mend, and is meant
 * for whoever put the zip there.
 */
public final class PluginRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message the zip's name, what is wrong where, and what to do
   * @param cause the fault behind it, or null
   */
  public PluginRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
