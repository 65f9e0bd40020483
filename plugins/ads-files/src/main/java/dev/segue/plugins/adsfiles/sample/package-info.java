/** Makes up exports of ads with known effects, for trying things out. */
@NullMarked
package dev.segue.plugins.adsfiles.sample;

import org.jspecify.annotations.NullMarked;
