package dev.segue.runtime.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A value does not fit a record, or a record has a component that no schema can be made for. */
public final class BindingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldProblem> problems;

  BindingException(String subject, List<FieldProblem> problems) {
    super(
        subject
            + ": "
            + problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /**
   * Lists what is wrong.
   *
   * @return at least one and at most fifty problems
   */
  public List<FieldProblem> problems() {
    return problems;
  }
}
