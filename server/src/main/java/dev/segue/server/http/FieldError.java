package dev.segue.server.http;

/**
 * What is wrong with one value of a request.
 *
 * @param field a parameter's name, or the path of a body's field such as {@code site.zone}
 * @param message what is wrong and what is expected
 */
public record FieldError(String field, String message) {}
