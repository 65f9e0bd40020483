package dev.segue.server.app;

import java.util.List;

/** The configuration is wrong. The message names every place and what is expected there. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  SettingsException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
  }
}
