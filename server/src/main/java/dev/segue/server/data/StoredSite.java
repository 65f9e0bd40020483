package dev.segue.server.data;

import dev.segue.sdk.Site;
import org.jspecify.annotations.Nullable;

/**
 * A site as it is kept.
 *
 * @param country by ISO 3166; null where nobody has said
 * @param closedOnHolidays whether the public holidays of its country are closed days
 * @param version counts the edits
 */
record StoredSite(Site site, @Nullable String country, boolean closedOnHolidays, int version) {}
