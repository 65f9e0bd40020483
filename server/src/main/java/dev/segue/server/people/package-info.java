/**
 * Accounts, sessions, API tokens, roles, the rate limit on signing in, the audit trail, and the
 * memory of repeated POSTs. Hands out one public type, {@link dev.segue.server.people.People}, and
 * the {@link dev.segue.server.people.Audit} that every capability writes to.
 */
@NullMarked
package dev.segue.server.people;

import org.jspecify.annotations.NullMarked;
