/**
 * The HTTP door: the contract, the router made from it, and the types that handlers of the
 * capabilities see. Knows no capability, no table and no account: who calls and which answers were
 * given before come through {@link dev.segue.server.http.Authenticator} and {@link
 * dev.segue.server.http.IdempotencyStore}. No Vert.x type leaves this package.
 */
@NullMarked
package dev.segue.server.http;

import org.jspecify.annotations.NullMarked;
