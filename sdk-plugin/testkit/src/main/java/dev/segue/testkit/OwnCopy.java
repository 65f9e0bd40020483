package dev.segue.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remakes records of the test, such as accounts with their secrets, from the same classes of
 * another class loader.
 */
final class OwnCopy {

  private OwnCopy() {}

  /** Copies whatever a record of the SDK's types may hold. */
  static @Nullable Object of(@Nullable Object value, ClassLoader loader)
      throws ReflectiveOperationException {
    return switch (value) {
      case null -> null;
      case Record record -> record(record, loader);
      case Enum<?> constant -> constant(constant, loader);
      case Optional<?> optional -> Optional.ofNullable(of(optional.orElse(null), loader));
      case List<?> list -> list(list, loader);
      case Set<?> set -> new LinkedHashSet<>(list(set, loader));
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          copy.put(entry.getKey(), of(entry.getValue(), loader));
        }
        yield copy;
      }
      default -> value;
    };
  }

  private static List<@Nullable Object> list(Iterable<?> values, ClassLoader loader)
      throws ReflectiveOperationException {
    List<@Nullable Object> copy = new ArrayList<>();
    for (Object value : values) {
      copy.add(of(value, loader));
    }
    return copy;
  }

  private static Object record(Record value, ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(value.getClass().getName());
    if (type == value.getClass()) {
      return value;
    }
    RecordComponent[] from = value.getClass().getRecordComponents();
    RecordComponent[] to = type.getRecordComponents();
    Class<?>[] types = new Class<?>[to.length];
    @Nullable Object[] values = new Object[to.length];
    for (int i = 0; i < to.length; i++) {
      from[i].getAccessor().setAccessible(true);
      types[i] = to[i].getType();
      values[i] = of(from[i].getAccessor().invoke(value), loader);
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object constant(Enum<?> value, ClassLoader loader) throws ClassNotFoundException {
    Class<?> type = loader.loadClass(value.getDeclaringClass().getName());
    return type.getEnumConstants()[value.ordinal()];
  }
}
