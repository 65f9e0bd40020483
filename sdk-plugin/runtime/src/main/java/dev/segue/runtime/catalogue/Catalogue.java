package dev.segue.runtime.catalogue;

import dev.segue.runtime.schema.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The plugins that somebody offers, read from an index file.
 *
 * <pre>{@code
 * {"format": 1, "title": "Plugins of the bakers' guild",
 *  "plugins": [{"id": "bakery", "title": "Bakery", "license": "Apache-2.0",
 *    "releases": [{"version": "1.4.2", "file": "bakery-1.4.2.zip", "sha256": "…", "bytes": 51234,
 *                  "requires": ">=1.0.0 & <2.0.0", "steps": ["bakery:count-loaves:1"]}]}]}
 * }</pre>
 *
 * <p>Fields that this version doesn't know are left aside. Check the file's signature before
 * anything in it is believed: it lies beside the file, is over these very bytes, and the hashes in
 * them speak for the zips.
 *
 * @param title for people; may be empty
 * @param plugins ordered by id; no id twice
 */
public record Catalogue(String title, List<CataloguePlugin> plugins) {

  /** The index file's name in a folder or below an address; its signature ends in .sig. */
  public static final String FILE = "segue-plugins.json";

  /** The greatest size of an index file in bytes. */
  public static final int MOST_BYTES = 5_000_000;

  /** Orders the plugins. */
  public Catalogue {
    plugins = plugins.stream().sorted(Comparator.comparing(CataloguePlugin::id)).toList();
  }

  /**
   * Reads an index file.
   *
   * @param file the file's bytes: JSON in UTF-8
   * @return the catalogue
   * @throws CatalogueException with everything that is wrong
   */
  public static Catalogue parse(byte[] file) throws CatalogueException {
    if (file.length > MOST_BYTES) {
      throw new CatalogueException(
          List.of("it has " + file.length + " bytes; at most " + MOST_BYTES + " are read"));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return new CatalogueReader().read(Json.parse(text));
    } catch (CharacterCodingException e) {
      throw new CatalogueException("it isn't UTF-8", e);
    } catch (JacksonException e) {
      throw new CatalogueException("it isn't JSON (" + e.getOriginalMessage() + ")", e);
    }
  }

  /**
   * Finds a plugin.
   *
   * @param id the plugin's id
   * @return the plugin, or empty if it isn't offered
   */
  public Optional<CataloguePlugin> plugin(String id) {
    return plugins.stream().filter(plugin -> plugin.id().equals(id)).findFirst();
  }

  /**
   * Looks for plugins by words.
   *
   * @param words in any case, apart by spaces; all must be found in ids, step types or texts
   * @return the best first; all plugins if there are no words
   */
  public List<CataloguePlugin> search(String words) {
    List<String> wanted =
        Arrays.stream(words.toLowerCase(Locale.ROOT).strip().split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    Comparator<CataloguePlugin> best =
        Comparator.comparingInt(plugin -> -wanted.stream().mapToInt(plugin::fits).sum());
    return plugins.stream()
        .filter(plugin -> wanted.stream().allMatch(word -> plugin.fits(word) > 0))
        .sorted(best.thenComparing(CataloguePlugin::id))
        .toList();
  }
}
