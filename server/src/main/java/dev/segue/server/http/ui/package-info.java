/**
 * The files of the web pages, as the build left them on the class path: found, chosen by encoding
 * and described. Knows no HTTP server; how they are sent is the door's part.
 */
@NullMarked
package dev.segue.server.http.ui;

import org.jspecify.annotations.NullMarked;
