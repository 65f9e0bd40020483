/**
 * The database that all of Segue shares: its address, pools, roles, migrations, notifications and
 * leadership. Knows no table but its own book of roles; the tables belong to the capabilities that
 * use them.
 */
@NullMarked
package dev.segue.server.storage;

import org.jspecify.annotations.NullMarked;
