package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.matrix.MenuClass;
import dev.segue.plugins.menumodels.matrix.MenuMatrix;
import dev.segue.plugins.menumodels.matrix.MenuMatrix.PlacedItem;
import dev.segue.plugins.menumodels.matrix.SoldItem;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Sorts the menu into stars, plow horses, puzzles and dogs. */
@StepInfo(
    name = "menu-matrix",
    title = "Sort the menu",
    description =
        "Sorts the items sold by popularity and contribution margin into stars, plow horses,"
            + " puzzles and dogs, after Kasavana and Smith. Costs come from the catalogue; items"
            + " without one are listed apart.",
    effect = Effect.READ,
    icon = "matrix.svg",
    category = "Menu")
final class SortMenu implements Step<SortMenu.Input, SortMenu.Output> {

  private static final int MOST_ITEMS = 500;

  record Input(
      @Field(title = "Days to look at", min = 1, max = 730, defaultValue = "28") int days,
      @Field(title = "Last business day", help = "The last finished one if empty.")
          Optional<LocalDate> until) {}

  record Output(
      @Field(title = "From") LocalDate from,
      @Field(title = "To") LocalDate to,
      @Field(title = "Currency") String currency,
      @Field(title = "Popular from a share of", min = 0, max = 1) BigDecimal popularShare,
      @Field(title = "Mean margin per unit") BigDecimal meanMargin,
      @Field(title = "Stars", min = 0) int stars,
      @Field(title = "Plow horses", min = 0) int plowHorses,
      @Field(title = "Puzzles", min = 0) int puzzles,
      @Field(title = "Dogs", min = 0) int dogs,
      @Field(title = "Items", help = "The most sold first; at most 500.") List<Item> items,
      @Field(title = "Items without a cost", min = 0) int withoutCostCount,
      @Field(title = "Without a cost", help = "The most sold first; at most 500.")
          List<Uncosted> withoutCost) {}

  /** An item in its place. */
  record Item(
      @Field(title = "Item") String itemId,
      @Field(title = "Name") String name,
      @Field(title = "Category") String category,
      @Field(title = "Class") MenuClass menuClass,
      @Field(title = "Units sold") BigDecimal sold,
      @Field(title = "Share of units", min = 0, max = 1) BigDecimal share,
      @Field(title = "Mean net price") BigDecimal price,
      @Field(title = "Cost of a unit") BigDecimal unitCost,
      @Field(title = "Margin of a unit") BigDecimal margin) {}

  /** An item that has no place for want of a cost. */
  record Uncosted(
      @Field(title = "Item") String itemId,
      @Field(title = "Name") String name,
      @Field(title = "Units sold") BigDecimal sold) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    LocalDate to = input.until().orElseGet(place::yesterday);
    LocalDate from = to.minusDays(input.days() - 1L);
    MenuMatrix matrix = MenuMatrix.of(place.data().soldItems(from, to));
    return new Output(
        from,
        to,
        place.site().currency().getCurrencyCode(),
        matrix.popularShare(),
        matrix.meanMargin(),
        count(matrix, MenuClass.STAR),
        count(matrix, MenuClass.PLOW_HORSE),
        count(matrix, MenuClass.PUZZLE),
        count(matrix, MenuClass.DOG),
        matrix.placed().stream().limit(MOST_ITEMS).map(SortMenu::item).toList(),
        matrix.withoutCost().size(),
        matrix.withoutCost().stream().limit(MOST_ITEMS).map(SortMenu::uncosted).toList());
  }

  private static int count(MenuMatrix matrix, MenuClass place) {
    return (int) matrix.placed().stream().filter(item -> item.place() == place).count();
  }

  private static Item item(PlacedItem placed) {
    SoldItem item = placed.item();
    return new Item(
        item.id(),
        item.name(),
        item.category(),
        placed.place(),
        item.quantity(),
        placed.share(),
        item.revenue().divide(item.quantity(), 4, RoundingMode.HALF_UP),
        item.unitCost().orElse(BigDecimal.ZERO),
        placed.unitMargin());
  }

  private static Uncosted uncosted(SoldItem item) {
    return new Uncosted(item.id(), item.name(), item.quantity());
  }
}
