package dev.segue.bpmn.model;

/**
 * How large a diagram may be. What people draw and can read stays far below.
 *
 * @param maxBytes size of the file
 * @param maxElements XML elements in it
 * @param maxDepth how deeply XML elements may be nested
 */
public record DiagramLimits(int maxBytes, int maxElements, int maxDepth) {

  /** 5 MB, 100,000 elements, 200 levels. */
  public static final DiagramLimits DEFAULT = new DiagramLimits(5_000_000, 100_000, 200);

  public DiagramLimits {
    if (maxBytes < 1 || maxElements < 1 || maxDepth < 1) {
      throw new IllegalArgumentException("limits of diagrams must be positive");
    }
  }

  /**
   * Refuses a file by its size alone, before anybody reads it.
   *
   * @throws DiagramException if it is larger than {@link #maxBytes}
   */
  public void checkSize(String name, long bytes) {
    if (bytes > maxBytes) {
      throw new DiagramException(
          "%s has %,d bytes; a diagram may have %,d. Take embedded pictures and data out of it, or split it by call activities."
              .formatted(name, bytes, maxBytes));
    }
  }
}
