package dev.segue.plugins.content;

/**
 * The texts of one promotion, one per channel.
 *
 * @param subject of the email
 * @param body of the email
 * @param sms one short message
 * @param social one post
 */
record Texts(String subject, String body, String sms, String social) {}
