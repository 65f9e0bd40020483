/**
 * Triggers that start runs when another system calls: who may, what it says, and that each event
 * counts once. The door itself belongs to {@code http}.
 */
@NullMarked
package dev.segue.server.triggers.webhooks;

import org.jspecify.annotations.NullMarked;
