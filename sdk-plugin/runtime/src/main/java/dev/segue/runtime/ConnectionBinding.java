package dev.segue.runtime;

import dev.segue.runtime.schema.Binder;
import dev.segue.runtime.schema.BindingException;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Secret;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A connection type of a loaded plugin. Holds the plugin's classes. Immutable and thread-safe. */
public final class ConnectionBinding {

  private final ConnectionDescriptor descriptor;
  private final Binder<? extends Record> binder;

  ConnectionBinding(ConnectionDescriptor descriptor, Binder<? extends Record> binder) {
    this.descriptor = descriptor;
    this.binder = binder;
  }

  /**
   * Describes the type.
   *
   * @return plain data
   */
  public ConnectionDescriptor descriptor() {
    return descriptor;
  }

  /**
   * Tells the class of the accounts.
   *
   * @return the plugin's record class
   */
  public Class<? extends ConnectionType> type() {
    return binder.type().asSubclass(ConnectionType.class);
  }

  /**
   * Makes an account from its settings; runs the record's constructor, so the context class loader
   * should be the plugin's.
   *
   * @param settings an object with all fields, secrets included
   * @return the account
   * @throws BindingException if the settings break the schema; secret values are not in its message
   */
  public ConnectionType bind(JsonNode settings) {
    return (ConnectionType) binder.read(settings);
  }

  /**
   * Hands every secret of an account to a sink.
   *
   * @param account an instance of {@link #type()}
   * @param sink called once per secret
   */
  public void secrets(ConnectionType account, Consumer<Secret> sink) {
    secrets(binder, account, sink);
  }

  private static <R extends Record> void secrets(
      Binder<R> binder, ConnectionType account, Consumer<Secret> sink) {
    binder.secrets(binder.type().cast(account), sink);
  }
}
