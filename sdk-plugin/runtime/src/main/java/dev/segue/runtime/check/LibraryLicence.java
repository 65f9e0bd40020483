package dev.segue.runtime.check;

import java.util.List;

/**
 * The licences of a library that a plugin brings. Immutable.
 *
 * @param jar the library's file name
 * @param names as the library says them; empty if it doesn't
 * @param source where it says so: a POM, the manifest or a licence's text; empty if it doesn't
 */
public record LibraryLicence(String jar, List<String> names, String source) {

  /** Copies the list. */
  public LibraryLicence {
    names = List.copyOf(names);
  }
}
