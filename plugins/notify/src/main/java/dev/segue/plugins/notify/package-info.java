/**
 * The plugin {@code notify}: sends email by SMTP and posts to chats by webhook.
 *
 * <p>What decides everything here: whether a message was surely sent, surely not sent, or perhaps
 * sent. Only the second may be tried again without asking anyone.
 */
@NullMarked
package dev.segue.plugins.notify;

import org.jspecify.annotations.NullMarked;
