package dev.segue.server.http;

/**
 * A file out of a form.
 *
 * @param field the form field's name
 * @param fileName as the sender called it: not to be trusted as a path
 * @param mediaType as the sender called it
 * @param content the bytes; not copied, so leave them as they are
 */
@SuppressWarnings("ArrayRecordComponent")
public record Upload(String field, String fileName, String mediaType, byte[] content) {}
