package dev.segue.server.data;

import dev.segue.sdk.Site;
import org.jspecify.annotations.Nullable;

/**
 * A site as it is kept.
 *
 * @param country by ISO 3166; null where nobody has said
 * @param version counts the edits
 */
record StoredSite(Site site, @Nullable String country, int version) {}
