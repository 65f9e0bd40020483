package dev.segue.server.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody may do. Every role includes {@link #VIEWER}; {@link #ADMIN} includes all. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Starts, cancels and repairs runs; runs connections. */
  OPERATOR,
  /** Deploys workflows and looks after business data. */
  DESIGNER,
  /** Decides approvals. */
  APPROVER,
  /** Everything, accounts and plugins included. */
  ADMIN;

  /** The name in the API and in the database, such as {@code operator}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Role of(String label) {
    return Arrays.stream(values())
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no role " + label + "."));
  }

  /** All that the given roles include. */
  public static Set<Role> expand(Collection<Role> roles) {
    if (roles.contains(ADMIN)) {
      return EnumSet.allOf(Role.class);
    }
    EnumSet<Role> all = EnumSet.of(VIEWER);
    all.addAll(roles);
    return all;
  }
}
