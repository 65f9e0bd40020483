package dev.segue.server.cli.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that can't go on, in words for the person at the terminal. */
public final class CliException extends RuntimeException {

  /** The command failed. */
  public static final int FAILED = 1;

  /** The command was used wrongly. */
  public static final int WRONG_USE = 2;

  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient List<String> details;
  private final int status;

  private CliException(
      int exitCode, String message, List<String> details, int status, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
    this.status = status;
  }

  /** It failed; {@code message} says what happened, to what, and what to do next. */
  public static CliException failed(String message) {
    return new CliException(FAILED, message, List.of(), 0, null);
  }

  /** It failed because of something below. */
  public static CliException failed(String message, Throwable cause) {
    return new CliException(FAILED, message, List.of(), 0, cause);
  }

  /** The command line or a file named on it is wrong. */
  public static CliException wrongUse(String message) {
    return new CliException(WRONG_USE, message, List.of(), 0, null);
  }

  /** The server refused; {@code status} is the HTTP status. */
  static CliException refused(int status, String message, List<String> details) {
    return new CliException(FAILED, message, details, status, null);
  }

  /** 1 or 2. */
  public int exitCode() {
    return exitCode;
  }

  /** Further lines, such as what is wrong with single fields; may be empty. */
  public List<String> details() {
    return details;
  }

  /** The HTTP status with which the server refused, or 0 if it was not that. */
  public int status() {
    return status;
  }
}
