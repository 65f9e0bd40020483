package dev.segue.server.plugins.catalogue;

/** A catalogue, or a zip from one, that can't be fetched or must not be believed. */
final class CatalogueUnusableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do, in a full sentence. */
  CatalogueUnusableException(String message) {
    super(message);
  }

  CatalogueUnusableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong and what to do. */
  String words() {
    return String.valueOf(getMessage());
  }
}
