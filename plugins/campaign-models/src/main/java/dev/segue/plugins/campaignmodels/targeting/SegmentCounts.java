package dev.segue.plugins.campaignmodels.targeting;

/**
 * What a segment cost and brought.
 *
 * @param segment its name
 * @param cost at least 0
 * @param conversions at least 0
 */
public record SegmentCounts(String segment, double cost, double conversions) {}
