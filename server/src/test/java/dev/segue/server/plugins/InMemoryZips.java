package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The zips that all servers share, in memory. */
final class InMemoryZips implements PluginZips {

  private final Map<String, byte[]> zips = new ConcurrentHashMap<>();

  @Override
  public void store(String sha256, Path zip) throws IOException {
    zips.put(sha256, Files.readAllBytes(zip));
  }

  @Override
  public Set<String> stored(Collection<String> sha256) {
    return sha256.stream().filter(zips::containsKey).collect(Collectors.toSet());
  }

  @Override
  public boolean fetch(String sha256, Path target) throws IOException {
    byte[] content = zips.get(sha256);
    if (content != null) {
      Files.write(target, content);
    }
    return content != null;
  }

  @Override
  public void deleteUnused(Duration age) {}
}
