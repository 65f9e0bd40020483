package dev.segue.bpmn.engine;

import java.nio.charset.StandardCharsets;

/** A BPMN, DMN or form file to deploy. Its name's ending tells the engine what it is. */
public final class Resource {

  private final String name;
  private final byte[] bytes;

  private Resource(String name, byte[] bytes) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a resource needs a file name");
    }
    this.name = name;
    this.bytes = bytes;
  }

  /** A resource of a copy of these bytes, named such as {@code daily.bpmn}. */
  public static Resource of(String name, byte[] bytes) {
    return new Resource(name, bytes.clone());
  }

  /** A resource of text in UTF-8. */
  public static Resource of(String name, String text) {
    return new Resource(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The file name. */
  public String name() {
    return name;
  }

  /** A copy of the content. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return name + " (" + bytes.length + " bytes)";
  }
}
