/** Reads the exports of ad platforms, line by line, as they write them. Knows no database. */
@NullMarked
package dev.segue.plugins.adsfiles.export;

import org.jspecify.annotations.NullMarked;
