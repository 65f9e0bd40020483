package dev.segue.plugins.content;

import dev.segue.sdk.Field;
import java.util.List;

/**
 * Who speaks, and how.
 *
 * @param name of the business
 * @param voice how it sounds; guides a model
 * @param language of all texts
 * @param bannedTerms words and phrases that must not appear, compared without case
 */
record Brand(
    @Field(title = "Business", minLength = 1, maxLength = 60) String name,
    @Field(
            title = "Voice",
            help = "How it sounds, such as warm, short, no superlatives.",
            maxLength = 1000,
            defaultValue = "friendly and plain",
            multiline = true)
        String voice,
    @Field(title = "Language", defaultValue = "ENGLISH") Language language,
    @Field(title = "Banned terms", maxLength = 200, defaultValue = "[]") List<String> bannedTerms) {

  /** Copies the list. */
  Brand {
    bannedTerms = List.copyOf(bannedTerms);
  }
}
