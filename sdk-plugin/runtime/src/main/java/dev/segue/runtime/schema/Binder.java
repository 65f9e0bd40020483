package dev.segue.runtime.schema;

import dev.segue.sdk.ChoiceSource;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns JSON into one type of record and back, and describes it as JSON Schema 2020-12.
 *
 * <p>What the schema allows can be bound and the other way round, with three exceptions that a
 * schema cannot say: the range of Java's whole numbers, the limits of a decimal that is given as a
 * text, and what the record's own constructor refuses. Immutable and thread-safe; holds the
 * record's class, so it lives as long as the plugin version does.
 *
 * @param <R> the type of the record
 */
public final class Binder<R extends Record> {

  private final Class<R> type;
  private final RecordCodec codec;

  private Binder(Class<R> type, RecordCodec codec) {
    this.type = type;
    this.codec = codec;
  }

  /**
   * Looks at a record.
   *
   * @param type the record's class; need not be public
   * @param role what it is for
   * @param connectionNames gives the name {@code plugin:type} of a connection type; asked only for
   *     {@link Role#INPUT}
   * @param <R> the type of the record
   * @return the binder
   * @throws BindingException if a component is of a type that JSON cannot hold, or if its {@link
   *     Field} contradicts it
   */
  public static <R extends Record> Binder<R> of(
      Class<R> type, Role role, Function<Class<? extends ConnectionType>, String> connectionNames) {
    return new Binder<>(type, new CodecFactory(role, connectionNames).make(type));
  }

  /**
   * Looks at a record without connections.
   *
   * @param type the record's class; need not be public
   * @param role what it is for
   * @param <R> the type of the record
   * @return the binder
   * @throws BindingException as above
   */
  public static <R extends Record> Binder<R> of(Class<R> type, Role role) {
    return of(type, role, Class::getSimpleName);
  }

  /**
   * Tells the class of the records.
   *
   * @return as given
   */
  public Class<R> type() {
    return type;
  }

  /**
   * Describes the record.
   *
   * <p>Beyond the standard's keywords: {@code x-segue-connection} (the connection type whose name
   * the text is), {@code x-segue-secret}, {@code x-segue-multiline}, {@code x-segue-feel} ({@code
   * required}, {@code optional} or {@code none}), {@code x-segue-group}, {@code x-segue-choices}
   * (the plugin serves choices at edit time). Properties are in the order of the components.
   *
   * @return a new JSON Schema
   */
  public ObjectNode schema() {
    ObjectNode schema = Json.object();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    return schema.setAll(codec.schema());
  }

  /**
   * Makes a record from JSON.
   *
   * @param json an object
   * @param connections turns names into accounts
   * @return the record with the connections in it
   * @throws BindingException if the JSON breaks the schema, with everything that is wrong
   */
  public Bound<R> read(JsonNode json, ConnectionResolver connections) {
    Reading reading = new Reading(connections);
    Object value = codec.read(json, Path.ROOT, reading);
    reading.problems.throwIfAny("the value does not fit " + type.getSimpleName());
    return new Bound<>(type.cast(Objects.requireNonNull(value)), reading.resolved);
  }

  /**
   * Makes a record without connections from JSON.
   *
   * @param json an object
   * @return the record
   * @throws BindingException as above
   */
  public R read(JsonNode json) {
    return read(json, ConnectionResolver.none()).value();
  }

  /**
   * Makes JSON from a record.
   *
   * @param value the record
   * @param connectionNames gives the name of a connection that the record holds
   * @return the JSON, checked against the schema; an empty optional of an output is null
   * @throws BindingException if a value breaks the schema, such as one below its {@link Field#min}
   */
  public ObjectNode write(R value, Function<ConnectionType, String> connectionNames) {
    Writing writing = new Writing(new Problems(), connectionNames);
    ObjectNode json = codec.write(value, Path.ROOT, writing);
    writing.problems().throwIfAny("the value does not fit " + type.getSimpleName());
    return json;
  }

  /**
   * Makes JSON from a record without connections.
   *
   * @param value the record
   * @return as above
   * @throws BindingException as above
   */
  public ObjectNode write(R value) {
    return write(value, account -> account.getClass().getSimpleName());
  }

  /**
   * Lists the record's top-level fields.
   *
   * @return the names, in order
   */
  public List<String> fields() {
    return codec.components().stream().map(Component::name).toList();
  }

  /**
   * Lists the connections that the record asks for.
   *
   * @return the connection types {@code plugin:type} by the top-level field that holds them
   */
  public Map<String, String> connectionFields() {
    Map<String, String> found = new LinkedHashMap<>();
    for (Component component : codec.components()) {
      if (component.codec() instanceof ConnectionCodec connection) {
        found.put(component.name(), connection.typeName());
      }
    }
    return found;
  }

  /**
   * Lists the classes of the connections that the record asks for.
   *
   * @return the class by the top-level field that holds it
   */
  public Map<String, Class<? extends ConnectionType>> connectionClasses() {
    Map<String, Class<? extends ConnectionType>> found = new LinkedHashMap<>();
    for (Component component : codec.components()) {
      if (component.codec() instanceof ConnectionCodec connection) {
        found.put(component.name(), connection.type());
      }
    }
    return found;
  }

  /**
   * Lists the fields that are secret.
   *
   * @return the names of top-level fields
   */
  public List<String> secretFields() {
    List<String> found = new ArrayList<>();
    for (Component component : codec.components()) {
      if (component.codec() instanceof SecretCodec) {
        found.add(component.name());
      }
    }
    return List.copyOf(found);
  }

  /**
   * Lists the classes that serve choices at edit time.
   *
   * @return the class by top-level field
   */
  public Map<String, Class<? extends ChoiceSource>> choiceSources() {
    Map<String, Class<? extends ChoiceSource>> found = new LinkedHashMap<>();
    for (Component component : codec.components()) {
      Field field = component.field();
      if (field != null && field.choicesFrom() != ChoiceSource.None.class) {
        found.put(component.name(), field.choicesFrom());
      }
    }
    return found;
  }

  /**
   * Hands every secret of a connection's record to a sink.
   *
   * @param value the record
   * @param sink called once per secret
   */
  public void secrets(R value, Consumer<Secret> sink) {
    codec.secrets(value, sink);
  }
}
