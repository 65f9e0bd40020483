/**
 * What is looked at before a plugin is used: the check that the plugin parent POM runs in every
 * build, the verification of a finished zip, the comparison of two builds, and signatures. Zips are
 * unpacked elsewhere.
 */
@NullMarked
package dev.segue.runtime.check;

import org.jspecify.annotations.NullMarked;
