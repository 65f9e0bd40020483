package dev.segue.runtime.catalogue;

import java.util.List;

/** A catalogue that can't be used, with everything that is wrong with it. */
public final class CatalogueException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  CatalogueException(List<String> problems) {
    super("The plugin catalogue can't be used: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  CatalogueException(String problem, Throwable cause) {
    super("The plugin catalogue can't be used: " + problem, cause);
    this.problems = List.of(problem);
  }

  /**
   * Lists what is wrong.
   *
   * @return at least one sentence without a full stop
   */
  public List<String> problems() {
    return problems;
  }
}
