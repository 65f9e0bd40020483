package dev.segue.runtime.schema;

import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import dev.segue.sdk.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the codec of a record by looking at its components; used once per record and role. */
final class CodecFactory {

  private static final String ALLOWED =
      "; use primitives, String, BigDecimal, Money, java.time types, URI, UUID, enums, records,"
          + " List, Set, Map with String keys, or Optional of these";

  private final Role role;
  private final Function<Class<? extends ConnectionType>, String> connectionNames;
  private final Problems problems = new Problems();
  private final Deque<Class<?>> open = new ArrayDeque<>();

  CodecFactory(Role role, Function<Class<? extends ConnectionType>, String> connectionNames) {
    this.role = role;
    this.connectionNames = connectionNames;
  }

  RecordCodec make(Class<? extends Record> type) {
    RecordCodec codec = recordCodec(type, Path.ROOT);
    problems.throwIfAny("record " + type.getName());
    return codec;
  }

  private RecordCodec recordCodec(Class<?> type, Path path) {
    boolean top = open.isEmpty();
    open.push(type);
    RecordComponent[] parts = type.getRecordComponents();
    List<Component> components = new ArrayList<>(parts.length);
    for (RecordComponent part : parts) {
      Component component = component(part, path.field(part.getName()));
      if (component != null) {
        components.add(component);
      }
    }
    open.pop();
    return new RecordCodec(
        constructor(type, parts), components, top && role == Role.INPUT, role == Role.OUTPUT);
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent[] parts) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("record without its canonical constructor: " + type, e);
    }
  }

  private @Nullable Component component(RecordComponent part, Path path) {
    Type type = part.getGenericType();
    boolean optional = part.getType() == Optional.class;
    if (optional) {
      type = argument(type, 0, path);
    }
    Codec codec = type == null ? null : codec(type, path);
    if (type == null || codec == null) {
      return null;
    }
    Field field = part.getAnnotation(Field.class);
    Constraints constraints =
        Constraints.of(field, raw(type), message -> problems.add(path, message));
    Method accessor = part.getAccessor();
    accessor.setAccessible(true);
    Component component =
        new Component(
            part.getName(), accessor, codec, optional, absent(field, codec), constraints, field);
    checkTexts(component, path);
    return component;
  }

  private static @Nullable JsonNode absent(@Nullable Field field, Codec codec) {
    return field == null || field.defaultValue().isEmpty()
        ? null
        : FieldText.toJson(field.defaultValue(), codec);
  }

  /** A default or an example that doesn't fit its own field would mislead everyone. */
  private void checkTexts(Component component, Path path) {
    Field field = component.field();
    if (field == null || component.codec() instanceof ConnectionCodec) {
      return;
    }
    if (component.absent() != null) {
      checkText("defaultValue", component.absent(), component, path);
    }
    if (!field.example().isEmpty()) {
      JsonNode example = FieldText.toJson(field.example(), component.codec());
      checkText("example", example, component, path);
    }
  }

  private void checkText(String attribute, JsonNode json, Component component, Path path) {
    Reading reading = new Reading(ConnectionResolver.none());
    component.read(json, path, reading);
    if (reading.problems.count() > 0) {
      problems.add(path, "has a " + attribute + " that does not fit it: " + json);
    }
  }

  private @Nullable Codec codec(Type type, Path path) {
    if (type == Object.class) {
      return new AnyCodec();
    }
    Class<?> raw = raw(type);
    if (raw == List.class || raw == Set.class || raw == Collection.class) {
      Type argument = argument(type, 0, path);
      Codec element = argument == null ? null : codec(argument, path.field("[]"));
      return element == null ? null : new ListCodec(element, raw == Set.class);
    }
    if (raw == Map.class) {
      return mapCodec(type, path);
    }
    return type instanceof Class<?> plain ? plainCodec(plain, path) : unsupported(type, path);
  }

  private @Nullable Codec mapCodec(Type type, Path path) {
    if (argument(type, 0, path) != String.class) {
      problems.add(path, "is a map whose keys are not String");
      return null;
    }
    Type argument = argument(type, 1, path);
    Codec element = argument == null ? null : codec(argument, path.field("[]"));
    return element == null ? null : new MapCodec(element);
  }

  private @Nullable Codec plainCodec(Class<?> type, Path path) {
    Codec scalar = NumberCodec.BY_TYPE.get(type);
    if (scalar == null) {
      scalar = TextCodec.BY_TYPE.get(type);
    }
    if (scalar != null) {
      return scalar;
    }
    if (type == boolean.class || type == Boolean.class) {
      return new BooleanCodec();
    }
    if (type == BigDecimal.class) {
      return new DecimalCodec(role != Role.OUTPUT);
    }
    if (type == Money.class) {
      return new MoneyCodec();
    }
    if (type == Secret.class) {
      return secretCodec(path);
    }
    if (ConnectionType.class.isAssignableFrom(type)) {
      return connectionCodec(type.asSubclass(ConnectionType.class), path);
    }
    if (type.isEnum()) {
      return EnumCodec.of(type);
    }
    return type.isRecord() ? nestedRecord(type, path) : unsupported(type, path);
  }

  private @Nullable Codec nestedRecord(Class<?> type, Path path) {
    if (type.getTypeParameters().length > 0) {
      problems.add(path, "is a record with type parameters; write a record for each use");
      return null;
    }
    if (open.contains(type)) {
      problems.add(path, "holds the record that it is part of; a schema needs an end");
      return null;
    }
    return recordCodec(type, path);
  }

  private @Nullable Codec secretCodec(Path path) {
    if (role == Role.CONNECTION) {
      return new SecretCodec();
    }
    problems.add(
        path, "is a Secret, which only a connection may hold; take the connection instead");
    return null;
  }

  private @Nullable Codec connectionCodec(Class<? extends ConnectionType> type, Path path) {
    boolean top = path.parent() != null && path.parent().isRoot();
    if (role == Role.INPUT && top) {
      return new ConnectionCodec(type, connectionNames.apply(type));
    }
    problems.add(
        path, "is a connection, which only the input record of a step may hold, by itself");
    return null;
  }

  private @Nullable Codec unsupported(Type type, Path path) {
    problems.add(
        path, "is of the type " + type.getTypeName() + ", which JSON cannot hold" + ALLOWED);
    return null;
  }

  private @Nullable Type argument(Type type, int index, Path path) {
    if (type instanceof ParameterizedType generic) {
      return generic.getActualTypeArguments()[index];
    }
    problems.add(path, "is a " + type.getTypeName() + " without type arguments");
    return null;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> raw(generic.getRawType());
      default -> Object.class;
    };
  }
}
