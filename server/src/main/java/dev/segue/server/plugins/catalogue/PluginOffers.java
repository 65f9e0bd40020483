package dev.segue.server.plugins.catalogue;

import dev.segue.runtime.catalogue.CataloguePlugin;
import dev.segue.runtime.catalogue.CatalogueRelease;
import dev.segue.runtime.version.SdkVersion;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.http.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the catalogues offer. Thread-safe; each call fetches the lists anew, and blocks. */
final class PluginOffers {

  private final CatalogueRows rows;
  private final TrustedKeys keys;
  private final CatalogueDownload download;

  PluginOffers(CatalogueRows rows, TrustedKeys keys, CatalogueDownload download) {
    this.rows = rows;
    this.keys = keys;
    this.download = download;
  }

  /**
   * A plugin on offer.
   *
   * @param from the catalogue that offers it
   */
  record Offer(SignedCatalogue from, CataloguePlugin plugin) {}

  /**
   * What was found.
   *
   * @param offers each plugin once: where two catalogues offer it, the older catalogue's counts
   * @param unusable catalogues that can't be used, with the reason
   */
  record Found(List<Offer> offers, List<Unusable> unusable) {}

  /** A catalogue that can't be used. */
  record Unusable(String catalogue, String reason) {}

  /** What came of loading a catalogue. */
  private sealed interface Loaded {
    record Usable(SignedCatalogue catalogue) implements Loaded {}

    record Not(Unusable why) implements Loaded {}
  }

  /**
   * Searches all catalogues.
   *
   * @param words apart by spaces; empty for all plugins
   */
  Found search(String words) {
    List<Offer> offers = new ArrayList<>();
    List<Unusable> unusable = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Loaded loaded : loadAll()) {
      switch (loaded) {
        case Loaded.Usable(SignedCatalogue catalogue) -> {
          catalogue.catalogue().search(words).stream()
              .filter(plugin -> !seen.contains(plugin.id()))
              .forEach(plugin -> offers.add(new Offer(catalogue, plugin)));
          catalogue.catalogue().plugins().forEach(plugin -> seen.add(plugin.id()));
        }
        case Loaded.Not(Unusable why) -> unusable.add(why);
      }
    }
    return new Found(List.copyOf(offers), List.copyOf(unusable));
  }

  private List<Loaded> loadAll() {
    List<Future<Loaded>> loading = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rows.list().forEach(row -> loading.add(threads.submit(() -> load(row))));
    }
    return loading.stream().map(PluginOffers::done).toList();
  }

  private Loaded load(CatalogueRows.Row row) {
    try {
      return new Loaded.Usable(check(row.name(), row.place()));
    } catch (CatalogueUnusableException e) {
      return new Loaded.Not(new Unusable(row.name(), e.words()));
    }
  }

  private static Loaded done(Future<Loaded> loading) {
    try {
      return loading.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("The server stops.");
    }
  }

  /** Loads a catalogue that may not have been added yet. */
  SignedCatalogue check(String name, String place) throws CatalogueUnusableException {
    return SignedCatalogue.load(name, CataloguePlace.parse(place), download, keys);
  }

  /**
   * Picks a version of a plugin: the newest in the range that works with this server's SDK.
   *
   * @param range all versions if empty
   * @throws ApiException 422 that names the field and what is on offer
   */
  Pick pick(String plugin, String range) {
    VersionRange wanted = range(range);
    Found found = search("");
    Offer offer =
        found.offers().stream()
            .filter(one -> one.plugin().id().equals(plugin))
            .findFirst()
            .orElseThrow(() -> notOffered(plugin, found));
    return switch (offer.plugin().pick(wanted, SdkVersion.current())) {
      case CataloguePlugin.Pick.Found(CatalogueRelease release) -> new Pick(offer.from(), release);
      case CataloguePlugin.Pick.NoneInRange(List<String> offered) ->
          throw ApiException.invalid(
              "range",
              "no version of %s is in the range %s; on offer are %s"
                  .formatted(plugin, range, String.join(", ", offered)));
      case CataloguePlugin.Pick.OtherSdk(CatalogueRelease newest) ->
          throw ApiException.invalid(
              "range",
              "%s %s works with the Segue SDK %s, and this server offers %s; choose another version or another Segue"
                  .formatted(plugin, newest.version(), newest.requires(), SdkVersion.current()));
    };
  }

  /** A version that somebody picked. */
  record Pick(SignedCatalogue from, CatalogueRelease release) {}

  private static VersionRange range(String text) {
    try {
      return VersionRange.parse(text.isBlank() ? "*" : text);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("range", String.valueOf(e.getMessage()));
    }
  }

  private static ApiException notOffered(String plugin, Found found) {
    String unusable =
        found.unusable().isEmpty()
            ? ""
            : " The catalogue %s can't be used: %s"
                .formatted(
                    found.unusable().getFirst().catalogue(), found.unusable().getFirst().reason());
    return ApiException.notFound(
        "No catalogue offers the plugin %s. See `segue plugins search`.%s"
            .formatted(plugin, unusable));
  }

  /** What is done with a zip that was fetched. */
  @FunctionalInterface
  interface ZipUse<T> {
    T with(Path zip) throws IOException;
  }

  /**
   * Fetches what was picked, and removes it after its use.
   *
   * @throws ApiException 409 if the zip isn't the one on the list, or can't be fetched
   */
  <T> T fetched(Pick pick, ZipUse<T> use) throws IOException {
    Path folder = Files.createTempDirectory("segue-offer");
    Path zip = folder.resolve("offer.zip");
    try {
      pick.from().fetch(pick.release(), zip, download);
      return use.with(zip);
    } catch (CatalogueUnusableException e) {
      throw ApiException.conflict(e.words());
    } finally {
      Files.deleteIfExists(zip);
      Files.delete(folder);
    }
  }
}
