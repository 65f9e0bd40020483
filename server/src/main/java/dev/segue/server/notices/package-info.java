/**
 * Notices: telling people, by email or chat, that an approval waits for them.
 *
 * <p>Who may decide is for {@code approvals} to say, and how a message is sent for the plugin whose
 * step the settings name. A notice only points to a page; it never decides anything.
 */
@NullMarked
package dev.segue.server.notices;

import org.jspecify.annotations.NullMarked;
