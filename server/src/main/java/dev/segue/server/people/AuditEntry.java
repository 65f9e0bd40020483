package dev.segue.server.people;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something that somebody did.
 *
 * @param actor a username, or {@code segue} for the server itself
 * @param action what was done, such as {@code run.cancel}
 * @param subjectKind to what kind of thing, such as {@code run}
 * @param subjectId to which one
 * @param detail what else one may want to know later; no secrets, and less than 64 KiB
 */
public record AuditEntry(
    String actor, String action, String subjectKind, String subjectId, ObjectNode detail) {

  /** The actor of what the server does by itself. */
  public static final String SERVER = "segue";
}
