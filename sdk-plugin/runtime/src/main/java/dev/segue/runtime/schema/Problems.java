package dev.segue.runtime.schema;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that a person sees all of them at once. */
final class Problems {

  private static final int MOST = 50;

  private final List<FieldProblem> list = new ArrayList<>();

  void add(Path path, String message) {
    if (list.size() < MOST) {
      list.add(new FieldProblem(path.toString(), message));
    }
  }

  int count() {
    return list.size();
  }

  void throwIfAny(String subject) {
    if (!list.isEmpty()) {
      throw new BindingException(subject, list);
    }
  }
}
