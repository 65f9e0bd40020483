package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.BpmnError;
import dev.segue.bpmn.engine.Deployment;
import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import dev.segue.bpmn.engine.FailCommand;
import dev.segue.bpmn.engine.JobHandler;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Message;
import dev.segue.bpmn.engine.Migration;
import dev.segue.bpmn.engine.Modification;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.Signal;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StartedRun;
import dev.segue.bpmn.engine.StepWorker;
import dev.segue.bpmn.engine.Topology;
import dev.segue.bpmn.engine.UserTaskChanges;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.JsonMapper;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.impl.CamundaObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine port over Camunda's client: gRPC, and REST for user tasks. */
public final class ZeebeEngine implements Engine {

  private static final Logger LOG = LoggerFactory.getLogger(ZeebeEngine.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final CamundaClient client;
  private final Duration requestTimeout;
  private final Repeater repeater;
  private final UserTaskRest userTasks;
  private final ExecutorService handlers;

  private ZeebeEngine(EngineSettings settings) {
    JsonMapper json = new CamundaObjectMapper();
    OAuthTokens tokens = ClientSetup.tokens(settings, json);
    this.requestTimeout = settings.requestTimeout();
    this.handlers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("segue-job-", 0).factory());
    this.repeater = new Repeater(settings.requestTimeout(), settings.commandDeadline());
    this.client = ClientSetup.client(settings, json, tokens, handlers);
    this.userTasks =
        new UserTaskRest(
            settings.restAddress(),
            TrustedHttp.only(settings.tls().caCertificate()),
            tokens,
            json,
            () -> topology().gatewayVersion());
  }

  /** Makes an engine for these settings. It connects when it is first used. */
  public static ZeebeEngine connect(EngineSettings settings) {
    return new ZeebeEngine(settings);
  }

  @Override
  public Topology topology() {
    try {
      return ZeebeValues.topology(
          client.newTopologyRequest().requestTimeout(requestTimeout).send().join());
    } catch (RuntimeException failure) {
      throw GrpcErrors.translate("ask the engine for its state", failure);
    }
  }

  @Override
  public Deployment deploy(List<Resource> resources) {
    if (resources.isEmpty()) {
      throw new EngineException(Kind.INVALID, "could not deploy: there is nothing to deploy", null);
    }
    return ZeebeValues.deployment(
        repeater.send(
            Command.grpc(
                "deploy " + resources, true, () -> ZeebeValues.deploy(client, resources))));
  }

  @Override
  public StartedRun start(StartCommand command) {
    return ZeebeValues.startedRun(repeater.send(startCommand(command)));
  }

  @Override
  public CompletionStage<StartedRun> startAsync(StartCommand command) {
    return repeater.sendAsync(startCommand(command)).thenApply(ZeebeValues::startedRun);
  }

  private Command<io.camunda.client.api.response.ProcessInstanceEvent> startCommand(
      StartCommand command) {
    return Command.grpc(
        "start " + ZeebeValues.name(command.process()),
        false,
        () -> ZeebeValues.start(client, command));
  }

  @Override
  public long publish(Message message) {
    return repeater
        .send(
            Command.grpc(
                "publish message '%s'".formatted(message.name()),
                message.messageId() != null,
                () -> ZeebeValues.publish(client, message)))
        .getMessageKey();
  }

  @Override
  public void broadcast(Signal signal) {
    send(
        "broadcast signal '%s'".formatted(signal.name()),
        false,
        () ->
            client
                .newBroadcastSignalCommand()
                .signalName(signal.name())
                .variables(signal.variablesJson()));
  }

  @Override
  public StepWorker serve(JobSubscription subscription, JobHandler handler) {
    return new ZeebeWorker(
        subscription.jobType(), ZeebeValues.worker(client, subscription, handler));
  }

  @Override
  public void complete(long jobKey, String variablesJson) {
    repeater.send(completeCommand(jobKey, variablesJson));
  }

  @Override
  public CompletionStage<Void> completeAsync(long jobKey, String variablesJson) {
    return done(repeater.sendAsync(completeCommand(jobKey, variablesJson)));
  }

  private Command<?> completeCommand(long jobKey, String variablesJson) {
    return Command.grpc(
        "complete job " + jobKey,
        true,
        () -> client.newCompleteCommand(jobKey).variables(variablesJson));
  }

  @Override
  public void fail(long jobKey, FailCommand command) {
    repeater.send(failCommand(jobKey, command));
  }

  @Override
  public CompletionStage<Void> failAsync(long jobKey, FailCommand command) {
    return done(repeater.sendAsync(failCommand(jobKey, command)));
  }

  private Command<?> failCommand(long jobKey, FailCommand command) {
    return Command.grpc(
        "fail job " + jobKey,
        true,
        () ->
            client
                .newFailCommand(jobKey)
                .retries(command.retries())
                .retryBackoff(command.backOff())
                .errorMessage(command.message())
                .variables(command.variablesJson()));
  }

  @Override
  public void throwError(long jobKey, BpmnError error) {
    send(
        "raise error %s at job %d".formatted(error.code(), jobKey),
        true,
        () ->
            client
                .newThrowErrorCommand(jobKey)
                .errorCode(error.code())
                .errorMessage(error.message())
                .variables(error.variablesJson()));
  }

  @Override
  public void extend(long jobKey, Duration timeout) {
    send(
        "extend job " + jobKey,
        true,
        () -> client.newUpdateTimeoutCommand(jobKey).timeout(timeout));
  }

  @Override
  public void updateRetries(long jobKey, int retries) {
    send(
        "set the retries of job " + jobKey,
        true,
        () -> client.newUpdateRetriesCommand(jobKey).retries(retries));
  }

  @Override
  public void resolveIncident(long incidentKey) {
    send(
        "resolve incident " + incidentKey,
        true,
        () -> client.newResolveIncidentCommand(incidentKey));
  }

  @Override
  public void setVariables(long scopeKey, String variablesJson, boolean local) {
    send(
        "set variables of " + scopeKey,
        true,
        () -> client.newSetVariablesCommand(scopeKey).variables(variablesJson).local(local));
  }

  @Override
  public void cancel(long processInstanceKey) {
    send(
        "cancel run " + processInstanceKey,
        true,
        () -> client.newCancelInstanceCommand(processInstanceKey));
  }

  @Override
  public void modify(long processInstanceKey, Modification modification) {
    send(
        "modify run " + processInstanceKey,
        false,
        () -> ZeebeValues.modify(client, processInstanceKey, modification));
  }

  @Override
  public void migrate(long processInstanceKey, Migration migration) {
    send(
        "migrate run " + processInstanceKey,
        true,
        () -> ZeebeValues.migrate(client, processInstanceKey, migration));
  }

  @Override
  public void assign(long userTaskKey, String assignee, boolean allowOverride, String action) {
    repeater.send(userTasks.assign(userTaskKey, assignee, allowOverride, action));
  }

  @Override
  public void unassign(long userTaskKey) {
    repeater.send(userTasks.unassign(userTaskKey));
  }

  @Override
  public void updateTask(long userTaskKey, UserTaskChanges changes) {
    repeater.send(userTasks.update(userTaskKey, changes));
  }

  @Override
  public void completeTask(long userTaskKey, String variablesJson, String action) {
    repeater.send(userTasks.complete(userTaskKey, variablesJson, action));
  }

  @Override
  public void close() {
    repeater.close();
    closeClient();
    userTasks.close();
    handlers.shutdown();
  }

  /**
   * Bounded, since the client may wait for good on a stream that it opens while the engine is away.
   */
  private void closeClient() {
    Thread closing = Thread.ofPlatform().daemon().name("engine-close").start(client::close);
    try {
      if (!closing.join(CLOSE_LIMIT)) {
        LOG.warn("the engine's client did not close within {} and is left behind", CLOSE_LIMIT);
        closing.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.interrupt();
    }
  }

  private void send(String what, boolean repeatable, Supplier<? extends FinalCommandStep<?>> step) {
    repeater.send(erased(what, repeatable, step));
  }

  @SuppressWarnings("unchecked") // the answer of such a command has no content
  private static Command<Object> erased(
      String what, boolean repeatable, Supplier<? extends FinalCommandStep<?>> step) {
    return Command.grpc(what, repeatable, (Supplier<? extends FinalCommandStep<Object>>) step);
  }

  private static CompletionStage<Void> done(CompletableFuture<?> answer) {
    return answer.thenAccept(ignored -> {});
  }
}
