package dev.segue.runtime.schema;

import dev.segue.sdk.ConnectionType;
import java.util.function.Function;

/** The state of writing one value. */
record Writing(Problems problems, Function<ConnectionType, String> connectionNames) {

  void problem(Path path, String message) {
    problems.add(path, message);
  }
}
