package dev.segue.runtime.changes;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code NAME.plan} puts into a run.
 *
 * @param id identifies the stored set
 * @param hash its content hash
 * @param count how many changes it holds
 * @param totals the sum of the changes' amounts by currency
 */
public record ChangeSetReference(
    @Field(title = "Change set") String id,
    @Field(title = "Content hash") String hash,
    @Field(title = "Number of changes", min = 0) int count,
    @Field(title = "Totals", help = "The sum of all amounts, by currency.")
        Map<String, BigDecimal> totals) {

  /**
   * Refers to a set.
   *
   * @param id identifies the stored set
   * @param hash its content hash
   * @param changes the set
   * @return the reference
   */
  public static ChangeSetReference of(String id, String hash, ChangeSet changes) {
    return new ChangeSetReference(id, hash, changes.changes().size(), totals(changes));
  }

  /**
   * Sums up the amounts of a set.
   *
   * @param changes the set
   * @return the sum by currency code; empty if no change has an amount
   */
  public static Map<String, BigDecimal> totals(ChangeSet changes) {
    Map<String, BigDecimal> totals = new TreeMap<>();
    for (Change change : changes.changes()) {
      Money amount = change.amount();
      if (amount != null) {
        totals.merge(amount.currency().getCurrencyCode(), amount.amount(), BigDecimal::add);
      }
    }
    return totals;
  }
}
