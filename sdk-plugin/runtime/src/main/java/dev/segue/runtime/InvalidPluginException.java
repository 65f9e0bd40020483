package dev.segue.runtime;

import java.util.List;
import java.util.stream.Collectors;

/** A plugin breaks rules and is refused as a whole. */
public final class InvalidPluginException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<PluginProblem> problems;

  InvalidPluginException(String plugin, List<PluginProblem> problems) {
    super(
        "plugin '"
            + plugin
            + "' is refused: "
            + problems.stream().map(PluginProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /**
   * Lists the broken rules.
   *
   * @return at least one
   */
  public List<PluginProblem> problems() {
    return problems;
  }
}
