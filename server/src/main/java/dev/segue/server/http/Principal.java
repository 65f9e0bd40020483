package dev.segue.server.http;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as this call goes: a token may have fewer roles than its account.
 *
 * @param accountId the account
 * @param username its unique name, which stands in audit entries and decisions
 * @param displayName how people call it
 * @param roles all roles that count, the included ones too
 * @param groups the groups that approvals name
 * @param sites ids of the sites that it may act on; null for all
 * @param door how it came in
 */
public record Principal(
    UUID accountId,
    String username,
    String displayName,
    Set<Role> roles,
    Set<String> groups,
    @Nullable Set<String> sites,
    Door door) {

  /** How somebody came in. */
  public enum Door {
    /** With the cookie of a browser session. */
    SESSION,
    /** With an API token. */
    TOKEN
  }

  public Principal {
    roles = Set.copyOf(Role.expand(roles));
    groups = Set.copyOf(groups);
    sites = sites == null ? null : Set.copyOf(sites);
  }

  /** Whether it may do what the role allows. */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether it may act on a site; what belongs to no site is for everyone. */
  public boolean mayActOn(@Nullable String siteId) {
    return sites == null || siteId == null || sites.contains(siteId);
  }

  /**
   * Insists on {@link #mayActOn}.
   *
   * @throws ApiException 403 if it may not
   */
  public void requireSite(@Nullable String siteId) {
    if (!mayActOn(siteId)) {
      throw ApiException.forbidden(
          "The account %s is not allowed to act on the site %s.".formatted(username, siteId));
    }
  }
}
