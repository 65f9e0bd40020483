package dev.segue.server.people;

import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param roles as given, without those they include
 * @param sites ids of the sites that it may act on; null for all
 * @param version counts the edits
 */
record Account(
    UUID id,
    String username,
    String displayName,
    @Nullable String email,
    String passwordHash,
    List<Role> roles,
    @Nullable List<String> sites,
    List<String> groups,
    boolean disabled,
    boolean passwordChangeDue,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  /** The account in which the command line on the server's own machine acts. */
  static final String LOCAL = "local";

  Account {
    roles = List.copyOf(roles);
    sites = sites == null ? null : List.copyOf(sites);
    groups = List.copyOf(groups);
  }

  boolean isLocal() {
    return username.equals(LOCAL);
  }

  Principal principal(Set<Role> effective, Principal.Door door) {
    return new Principal(
        id,
        username,
        displayName,
        effective,
        new HashSet<>(groups),
        sites == null ? null : new HashSet<>(sites),
        door);
  }
}
