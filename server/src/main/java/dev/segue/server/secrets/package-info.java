/**
 * Secrets, sealed under a key that lies in the home folder and never in the database. What they are
 * for is known by those who keep their ids.
 */
@NullMarked
package dev.segue.server.secrets;

import org.jspecify.annotations.NullMarked;
