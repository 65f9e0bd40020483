package dev.segue.server.data.metrics;

/**
 * What people read of a metric.
 *
 * @param metric its name
 * @param title empty for none
 * @param unit UCUM, or an ISO 4217 code for money; empty for a count
 * @param description empty for none
 */
public record MetricText(String metric, String title, String unit, String description) {}
