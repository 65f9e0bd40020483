package dev.segue.runtime.invoke;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.RefusedException;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.schema.Binder;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.Bound;
import dev.segue.runtime.schema.FieldProblem;
import dev.segue.runtime.schema.UnresolvedConnectionException;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.StepContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** What one call gathers before it enters the step: the input, the connections, their secrets. */
final class Scope {

  private final PluginDescription plugin;
  private final Invocation how;
  private final SecretMask mask;
  private final Instant deadline;

  /** Read by the caller too, who may have left the call behind. */
  private final List<AttemptConnection> connections = new CopyOnWriteArrayList<>();

  Scope(PluginDescription plugin, Invocation how, SecretMask mask, Instant deadline) {
    this.plugin = plugin;
    this.how = how;
    this.mask = mask;
    this.deadline = deadline;
  }

  Bound<Record> bind(Binder<Record> binder, JsonNode input) {
    try {
      Bound<Record> bound = binder.read(input, how.connections());
      bound.connections().forEach(found -> add(found.field(), found.name(), found.account()));
      return bound;
    } catch (BindingException e) {
      throw new RefusedException(new StepFailure.InvalidInput(e.problems()));
    }
  }

  ConnectionType account(ConnectionBinding type, JsonNode settings) {
    try {
      return type.bind(settings);
    } catch (BindingException e) {
      throw new RefusedException(new StepFailure.InvalidInput(e.problems()));
    }
  }

  /** Resolves the connections that the input of plan held. */
  void resolve(StepBinding step, Map<String, String> names) {
    Map<String, Class<? extends ConnectionType>> types = step.input().connectionClasses();
    names.forEach(
        (field, name) -> {
          Class<? extends ConnectionType> type = types.get(field);
          if (type == null) {
            throw refused(field, "was a connection when the changes were planned, but is none now");
          }
          resolve(field, name, type);
        });
  }

  /** Resolves the connections that a person has chosen so far. */
  void resolveWhereNamed(StepBinding step, JsonNode filledIn) {
    step.input()
        .connectionClasses()
        .forEach(
            (field, type) -> {
              JsonNode name = filledIn.path(field);
              if (name.isString() && !name.stringValue().isBlank()) {
                resolve(field, name.stringValue(), type);
              }
            });
  }

  void resolve(String field, String name, Class<? extends ConnectionType> type) {
    try {
      add(field, name, how.connections().resolve(name, type));
    } catch (UnresolvedConnectionException e) {
      throw refused(field, "cannot be used: " + e.getMessage());
    }
  }

  private static RefusedException refused(String field, String message) {
    return new RefusedException(
        new StepFailure.InvalidInput(List.of(new FieldProblem(field, message))));
  }

  void add(String field, String name, ConnectionType account) {
    ConnectionBinding binding = plugin.connection(account.getClass());
    binding.secrets(account, mask::add);
    connections.add(
        new AttemptConnection(field, name, binding.descriptor(), account, account.hosts()));
  }

  List<String> connectionNames() {
    return connections.stream().map(AttemptConnection::name).distinct().toList();
  }

  StepContext context(boolean readOnly) {
    return how.contexts()
        .create(
            new Attempt(deadline, how.simulated(), readOnly || how.simulated(), connections, mask));
  }
}
