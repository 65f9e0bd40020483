package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;

/**
 * What was sold of one item on one day.
 *
 * @param day the business day
 * @param item the item's id
 * @param quantity in units of the item; negative after more returns than sales, which counts as 0
 */
public record Sale(LocalDate day, String item, double quantity) {}
