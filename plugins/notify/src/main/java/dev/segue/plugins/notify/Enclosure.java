package dev.segue.plugins.notify;

/**
 * A file that goes with an email.
 *
 * @param name by which the reader keeps it
 * @param mediaType such as {@code image/png}
 * @param content not copied, so leave it as it is
 */
@SuppressWarnings("ArrayRecordComponent")
record Enclosure(String name, String mediaType, byte[] content) {}
