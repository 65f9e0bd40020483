package dev.segue.bpmn.model;

/**
 * The element template with which a task was drawn.
 *
 * @param id the template's id, which is the step type if it is one of ours
 * @param version a whole number that rises with the plugin's version
 */
public record TemplateUse(String id, long version) {}
