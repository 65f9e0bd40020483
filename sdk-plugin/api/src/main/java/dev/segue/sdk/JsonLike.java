package dev.segue.sdk;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks and copies maps whose values must mean the same after a trip through JSON. */
final class JsonLike {

  private JsonLike() {}

  static Map<String, Object> copy(String where, Map<String, ?> values) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((key, value) -> copy.put(key, copyValue(where + "." + key, value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object copyValue(String where, @Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean bool -> bool;
      case Integer number -> number;
      case Long number -> number;
      case BigInteger number -> number;
      case BigDecimal number -> number;
      case List<?> list -> copyList(where, list);
      case Map<?, ?> map -> copyMap(where, map);
      case null -> throw new IllegalArgumentException(where + " is null; leave the field out");
      default ->
          throw new IllegalArgumentException(
              where
                  + " holds a "
                  + value.getClass().getName()
                  + "; use String, BigDecimal, Integer, Long, Boolean, List or Map");
    };
  }

  private static List<Object> copyList(String where, List<?> list) {
    List<Object> copy = new ArrayList<>(list.size());
    for (Object value : list) {
      copy.add(copyValue(where + "[]", value));
    }
    return Collections.unmodifiableList(copy);
  }

  private static Map<String, Object> copyMap(String where, Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException(where + " has a key that is not a String: " + key);
          }
          copy.put(name, copyValue(where + "." + name, value));
        });
    return Collections.unmodifiableMap(copy);
  }
}
