package dev.segue.plugins.menumodels.demand;

/**
 * What is to be forecast.
 *
 * @param item the item's place in the history
 * @param day the day, later than the origin
 */
public record Target(int item, int day) {}
