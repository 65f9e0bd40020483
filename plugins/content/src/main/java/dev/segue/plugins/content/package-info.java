/**
 * The plugin {@code content}: writes promotion texts with a chat model, within a budget, and by
 * rules wherever the model is missing, fails, or writes what the business doesn't allow.
 *
 * <p>What a model wrote is never trusted: every text passes {@link
 * dev.segue.plugins.content.TextRules} before anyone sees it. Sending texts is not done here.
 */
@NullMarked
package dev.segue.plugins.content;

import org.jspecify.annotations.NullMarked;
