package dev.segue.plugins.menumodels.changes;

import dev.segue.sdk.Field;

/**
 * What people might do about an item by themselves.
 *
 * @param itemId the item
 * @param item what people call it
 * @param advice in business words
 */
public record Advice(
    @Field(title = "Item") String itemId,
    @Field(title = "Name") String item,
    @Field(title = "Advice") String advice) {}
