/**
 * The plugin {@code pos-files}: imports sales from files that tills export, and checks what came
 * in.
 *
 * <p>Steps, the folder connection, and what moves lines from files to tables. How text becomes a
 * line is in the packages below.
 */
@NullMarked
package dev.segue.plugins.posfiles;

import org.jspecify.annotations.NullMarked;
