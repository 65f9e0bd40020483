package dev.segue.plugins.menumodels.changes;

import dev.segue.sdk.Field;

/**
 * What guests will read of a promotion.
 *
 * @param promotionId the promotion
 * @param emailSubject one line
 * @param emailBody plain text
 * @param sms at most 160 characters
 * @param social a post
 */
public record PromotionText(
    @Field(title = "Promotion", minLength = 1, maxLength = 200) String promotionId,
    @Field(title = "Email subject", maxLength = 200) String emailSubject,
    @Field(title = "Email body", maxLength = 10_000, multiline = true) String emailBody,
    @Field(title = "Text message", maxLength = 160) String sms,
    @Field(title = "Social post", maxLength = 2_000, multiline = true) String social) {}
