/** Sales in files, for evaluations outside a server. Knows the domain, and no database. */
@NullMarked
package dev.segue.plugins.menumodels.files;

import org.jspecify.annotations.NullMarked;
