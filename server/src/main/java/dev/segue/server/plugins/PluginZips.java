package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Keeps plugin zips by their content, for all servers. */
interface PluginZips {

  /**
   * Stores a zip, unless it is stored already: the whole of it or nothing.
   *
   * @param sha256 what the zip's content must have, in lower-case hex
   * @throws IOException if the file can't be read or has other content by now
   */
  void store(String sha256, Path zip) throws IOException;

  /** Tells which of these contents are stored. */
  Set<String> stored(Collection<String> sha256);

  /**
   * Writes a stored zip to a file.
   *
   * @param target is replaced, and left incomplete after a failure
   * @return false if there is no such zip, or not any more
   * @throws IOException if the disk fails or what is stored isn't what its name says
   */
  boolean fetch(String sha256, Path target) throws IOException;

  /** Deletes what no version uses, unless it was stored less than that long ago. */
  void deleteUnused(Duration age);
}
