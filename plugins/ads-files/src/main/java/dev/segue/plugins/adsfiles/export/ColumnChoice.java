package dev.segue.plugins.adsfiles.export;

import dev.segue.sdk.Field;

/**
 * Says what a heading means.
 *
 * @param column the meaning
 * @param heading as the file has it; compared without case
 */
public record ColumnChoice(
    @Field(title = "Meaning") AdsColumn column,
    @Field(title = "Heading", minLength = 1, maxLength = 200) String heading) {}
