package dev.segue.bpmn.model;

/**
 * A FEEL expression and where it stands.
 *
 * @param elementId the element of the diagram
 * @param elementName its label; its id if it has none
 * @param place what the expression is for, such as {@code conditionExpression} or {@code
 *     input.source}
 * @param text the expression, without the leading equals sign
 */
public record ExpressionSite(String elementId, String elementName, String place, String text) {}
