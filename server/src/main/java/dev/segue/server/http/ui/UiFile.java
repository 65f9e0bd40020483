package dev.segue.server.http.ui;

import org.jspecify.annotations.Nullable;

/**
 * A file of the pages in one encoding, ready to send.
 *
 * @param mediaType what a browser should take it for
 * @param encoding the content encoding, {@code br} or {@code gzip}; null for the file as it is
 * @param tag the ETag, quotes included; another one for each encoding
 * @param immutable whether a name never gets another content, so that it may be kept for good
 */
@SuppressWarnings("ArrayRecordComponent")
public record UiFile(
    byte[] content, String mediaType, @Nullable String encoding, String tag, boolean immutable) {}
