package dev.segue.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds with which types a class fills the type parameters of a generic interface. */
final class TypeArguments {

  private TypeArguments() {}

  /** The record class of a type parameter, or null if the class leaves it open. */
  static @Nullable Class<? extends Record> recordOf(
      Class<?> implementation, Class<?> generic, int index) {
    Type argument = find(implementation, generic, index, Map.of());
    return argument instanceof Class<?> type && type.isRecord() && type != Record.class
        ? type.asSubclass(Record.class)
        : null;
  }

  private static @Nullable Type find(
      Type type, Class<?> generic, int index, Map<TypeVariable<?>, Type> known) {
    Class<?> raw =
        type instanceof ParameterizedType parameterized
            ? (Class<?>) parameterized.getRawType()
            : type instanceof Class<?> plain ? plain : null;
    if (raw == null) {
      return null;
    }
    Map<TypeVariable<?>, Type> inside = new HashMap<>();
    if (type instanceof ParameterizedType parameterized) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        Type argument = parameterized.getActualTypeArguments()[i];
        inside.put(variables[i], known.getOrDefault(argument, argument));
      }
    }
    if (raw == generic) {
      return inside.get(raw.getTypeParameters()[index]);
    }
    for (Type parent : raw.getGenericInterfaces()) {
      Type found = find(parent, generic, index, inside);
      if (found != null) {
        return found;
      }
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? null : find(parent, generic, index, inside);
  }
}
