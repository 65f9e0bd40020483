/** Tests of what plugins compile against. */
@NullMarked
package dev.segue.sdk;

import org.jspecify.annotations.NullMarked;
