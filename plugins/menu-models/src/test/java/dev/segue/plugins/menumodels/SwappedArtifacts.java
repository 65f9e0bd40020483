package dev.segue.plugins.menumodels;

import dev.segue.sdk.Artifact;
import dev.segue.sdk.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A store in which someone has swapped the files: whatever is asked for, the same comes. */
record SwappedArtifacts(Artifacts store, String always) implements Artifacts {

  @Override
  public Artifact put(
      String name, String mediaType, InputStream content, Map<String, String> metadata)
      throws IOException {
    return store.put(name, mediaType, content, metadata);
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    return store.open(always);
  }

  @Override
  public List<Artifact> history(String name, int limit) throws IOException {
    return store.history(name, limit);
  }
}
