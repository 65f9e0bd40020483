package dev.segue.server.plugins;

/**
 * How big a plugin zip may be. What is in the zip is counted while it is inflated; what the zip
 * says of itself counts for nothing.
 *
 * @param maxZipBytes size of the zip, in bytes
 * @param maxEntries files and folders in the zip
 * @param maxUnpackedBytes size of all files together, in bytes
 * @param maxRatio how many times bigger than packed a file over 1 MiB may be
 */
public record ArchiveLimits(long maxZipBytes, int maxEntries, long maxUnpackedBytes, int maxRatio) {

  /** Files up to this size may be packed as tightly as they like. */
  static final long RATIO_FREE_BYTES = 1 << 20;

  /** Limits that the plugins we know of keep by far: 512 MiB, 20,000 entries, 1 GiB, 200 times. */
  public static final ArchiveLimits DEFAULTS = new ArchiveLimits(512L << 20, 20_000, 1L << 30, 200);

  /** Refuses limits that no zip could keep. */
  public ArchiveLimits {
    if (maxZipBytes < 1 || maxEntries < 1 || maxUnpackedBytes < 1 || maxRatio < 1) {
      throw new IllegalArgumentException("limits of plugin zips must be positive");
    }
  }
}
