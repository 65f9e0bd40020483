package dev.segue.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores blobs by the hash of their content; they never change. Thread-safe. */
public interface Artifacts {

  /**
   * Stores a blob. Storing the same content under the same name again changes nothing.
   *
   * @param name what the blob is to its plugin, such as {@code demand/pizza-place}; 1 to 200
   *     characters of {@code [a-zA-Z0-9._/-]}. Steps of other plugins can open what has a name that
   *     begins with {@code shared/}, if a diagram hands them its hash
   * @param mediaType such as {@code application/protobuf}
   * @param content read to its end, not closed; at most 512 MiB
   * @param metadata provenance and whatever else should be found with it; at most 64 kB in all
   * @return the stored artifact
   * @throws IOException if it could not be stored
   */
  Artifact put(String name, String mediaType, InputStream content, Map<String, String> metadata)
      throws IOException;

  /**
   * Opens a blob that this plugin has stored, or that any plugin has stored under a shared name.
   *
   * @param sha256 the hash, in 64 lower-case hex digits
   * @return the content, checked against the hash at its end; to be closed by the caller
   * @throws IOException if there is no such artifact or it can't be read
   */
  InputStream open(String sha256) throws IOException;

  /**
   * Lists the artifacts that this plugin stored under a name and that were known at the run's now.
   *
   * @param name as given to {@link #put}
   * @param limit at most this many, 1 to 100
   * @return the newest first
   * @throws IOException if the store can't be read
   */
  List<Artifact> history(String name, int limit) throws IOException;

  /**
   * Finds the newest artifact of a name.
   *
   * @param name as given to {@link #put}
   * @return the artifact, or empty if there is none
   * @throws IOException if the store can't be read
   */
  default Optional<Artifact> newest(String name) throws IOException {
    return history(name, 1).stream().findFirst();
  }
}
