package dev.segue.server.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items its entries, in the list's order
 * @param next the cursor of the part behind it; null if there is none
 */
public record Page<T>(List<T> items, @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * The page out of up to {@link PageRequest#fetch()} rows.
   *
   * @param cursorOf the sort key of a row
   */
  public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, Cursor> cursorOf) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> shown = rows.subList(0, request.limit());
    return new Page<>(shown, cursorOf.apply(shown.getLast()).encode());
  }

  /** A list that is short enough to be given whole. */
  public static <T> Page<T> all(List<T> rows) {
    return new Page<>(rows, null);
  }

  /** The same page with other entries. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), next);
  }
}
