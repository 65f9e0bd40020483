package dev.segue.server.workflows;

import org.jspecify.annotations.Nullable;

/** A package can't be read. The message names the file and the mend, for whoever made it. */
public final class PackageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;

  PackageException(String problem) {
    this(problem, null);
  }

  PackageException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.problem = problem;
  }

  /** What is wrong, and what to do about it. */
  public String problem() {
    return problem;
  }
}
