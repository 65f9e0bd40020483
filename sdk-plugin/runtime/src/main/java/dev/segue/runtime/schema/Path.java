package dev.segue.runtime.schema;

import org.jspecify.annotations.Nullable;

/** Where in a JSON value something is; turned into text only when there is a problem to report. */
record Path(@Nullable Path parent, String segment) {

  static final Path ROOT = new Path(null, "");

  Path field(String name) {
    return new Path(this, name);
  }

  Path element(int index) {
    return new Path(this, "[" + index + "]");
  }

  boolean isRoot() {
    return parent == null;
  }

  @Override
  public String toString() {
    if (parent == null) {
      return segment;
    }
    String above = parent.toString();
    return above.isEmpty() || segment.startsWith("[") ? above + segment : above + "." + segment;
  }
}
