package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.Deployment;
import dev.segue.bpmn.engine.Job;
import dev.segue.bpmn.engine.JobHandler;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Message;
import dev.segue.bpmn.engine.Migration;
import dev.segue.bpmn.engine.Modification;
import dev.segue.bpmn.engine.ProcessRef;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StartedRun;
import dev.segue.bpmn.engine.Topology;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.command.MigrationPlan;
import io.camunda.client.api.command.MigrationPlan.MigrationPlanBuilderFinalStep;
import io.camunda.client.api.command.MigrationPlan.MigrationPlanBuilderStep2;
import io.camunda.client.api.command.ModifyProcessInstanceCommandStep1;
import io.camunda.client.api.command.ModifyProcessInstanceCommandStep1.ModifyProcessInstanceCommandStep2;
import io.camunda.client.api.command.ModifyProcessInstanceCommandStep1.ModifyProcessInstanceCommandStep3;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.DeploymentEvent;
import io.camunda.client.api.response.MigrateProcessInstanceResponse;
import io.camunda.client.api.response.PartitionBrokerHealth;
import io.camunda.client.api.response.PartitionInfo;
import io.camunda.client.api.response.ProcessInstanceEvent;
import io.camunda.client.api.response.PublishMessageResponse;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.client.api.worker.JobWorkerBuilderStep1.JobWorkerBuilderStep3;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Translates the port's values into commands of Camunda's client, and its answers back. */
final class ZeebeValues {

  private ZeebeValues() {}

  static Topology topology(io.camunda.client.api.response.Topology answer) {
    List<PartitionInfo> leaders =
        answer.getBrokers().stream()
            .flatMap(broker -> broker.getPartitions().stream())
            .filter(PartitionInfo::isLeader)
            .toList();
    List<Topology.Partition> partitions =
        IntStream.rangeClosed(1, answer.getPartitionsCount())
            .mapToObj(
                id -> {
                  List<PartitionInfo> leading =
                      leaders.stream().filter(p -> p.getPartitionId() == id).toList();
                  boolean healthy =
                      leading.stream()
                          .anyMatch(p -> p.getHealth() == PartitionBrokerHealth.HEALTHY);
                  return new Topology.Partition(id, !leading.isEmpty(), healthy);
                })
            .toList();
    return new Topology(answer.getGatewayVersion(), answer.getBrokers().size(), partitions);
  }

  static DeployResourceCommandStep2 deploy(CamundaClient client, List<Resource> resources) {
    DeployResourceCommandStep1 command = client.newDeployResourceCommand();
    DeployResourceCommandStep2 last = null;
    for (Resource resource : resources) {
      last = (last == null ? command : last).addResourceBytes(resource.bytes(), resource.name());
    }
    if (last == null) {
      throw new IllegalArgumentException("there is nothing to deploy");
    }
    return last;
  }

  static Deployment deployment(DeploymentEvent answer) {
    return new Deployment(
        answer.getKey(),
        answer.getProcesses().stream()
            .map(
                p ->
                    new Deployment.Process(
                        p.getBpmnProcessId(),
                        p.getVersion(),
                        p.getProcessDefinitionKey(),
                        p.getResourceName()))
            .toList(),
        answer.getForm().stream()
            .map(
                f ->
                    new Deployment.Form(
                        f.getFormId(), f.getVersion(), f.getFormKey(), f.getResourceName()))
            .toList(),
        answer.getDecisions().stream()
            .map(
                d ->
                    new Deployment.Decision(
                        d.getDmnDecisionId(),
                        d.getDmnDecisionName(),
                        d.getVersion(),
                        d.getDecisionKey()))
            .toList());
  }

  static FinalCommandStep<ProcessInstanceEvent> start(CamundaClient client, StartCommand command) {
    var create = client.newCreateInstanceCommand();
    var chosen =
        switch (command.process()) {
          case ProcessRef.Latest latest ->
              create.bpmnProcessId(latest.bpmnProcessId()).latestVersion();
          case ProcessRef.Version one ->
              create.bpmnProcessId(one.bpmnProcessId()).version(one.version());
          case ProcessRef.Key key -> create.processDefinitionKey(key.processDefinitionKey());
        };
    return chosen.variables(command.variablesJson());
  }

  static String name(ProcessRef process) {
    return switch (process) {
      case ProcessRef.Latest latest -> "process '%s'".formatted(latest.bpmnProcessId());
      case ProcessRef.Version one ->
          "version %d of process '%s'".formatted(one.version(), one.bpmnProcessId());
      case ProcessRef.Key key -> "process definition " + key.processDefinitionKey();
    };
  }

  static StartedRun startedRun(ProcessInstanceEvent answer) {
    return new StartedRun(
        answer.getProcessInstanceKey(),
        answer.getProcessDefinitionKey(),
        answer.getBpmnProcessId(),
        answer.getVersion());
  }

  static FinalCommandStep<PublishMessageResponse> publish(CamundaClient client, Message message) {
    var command =
        client
            .newPublishMessageCommand()
            .messageName(message.name())
            .correlationKey(message.correlationKey())
            .timeToLive(message.timeToLive())
            .variables(message.variablesJson());
    return message.messageId() == null ? command : command.messageId(message.messageId());
  }

  static JobWorker worker(CamundaClient client, JobSubscription subscription, JobHandler handler) {
    JobWorkerBuilderStep3 worker =
        client
            .newWorker()
            .jobType(subscription.jobType())
            .handler((commands, job) -> handler.handle(job(job)))
            .name(subscription.workerName())
            .timeout(subscription.jobTimeout())
            .maxJobsActive(subscription.maxJobsActive())
            .pollInterval(subscription.pollInterval())
            .streamEnabled(true);
    if (!subscription.fetchVariables().isEmpty()) {
      worker.fetchVariables(subscription.fetchVariables());
    }
    return worker.open();
  }

  private static Job job(ActivatedJob job) {
    return new Job(
        job.getKey(),
        job.getType(),
        job.getProcessInstanceKey(),
        job.getBpmnProcessId(),
        job.getProcessDefinitionVersion(),
        job.getProcessDefinitionKey(),
        job.getElementId(),
        job.getElementInstanceKey(),
        job.getCustomHeaders(),
        job.getVariables(),
        job.getRetries(),
        Instant.ofEpochMilli(job.getDeadline()));
  }

  static FinalCommandStep<?> modify(
      CamundaClient client, long processInstanceKey, Modification modification) {
    ModifyProcessInstanceCommandStep1 next =
        client.newModifyProcessInstanceCommand(processInstanceKey);
    ModifyProcessInstanceCommandStep2 last = null;
    for (Modification.Activation activation : modification.activations()) {
      next = last == null ? next : last.and();
      ModifyProcessInstanceCommandStep3 activate =
          activation.ancestorKey().isPresent()
              ? next.activateElement(activation.elementId(), activation.ancestorKey().getAsLong())
              : next.activateElement(activation.elementId());
      last = activate.withVariables(activation.variablesJson());
    }
    for (long elementInstanceKey : modification.terminations()) {
      next = last == null ? next : last.and();
      last = next.terminateElement(elementInstanceKey);
    }
    if (last == null) {
      throw new IllegalArgumentException("there is nothing to modify");
    }
    return last;
  }

  static FinalCommandStep<MigrateProcessInstanceResponse> migrate(
      CamundaClient client, long processInstanceKey, Migration migration) {
    MigrationPlanBuilderStep2 plan =
        MigrationPlan.newBuilder()
            .withTargetProcessDefinitionKey(migration.targetProcessDefinitionKey());
    MigrationPlanBuilderFinalStep last = null;
    for (Map.Entry<String, String> pair : migration.elementIds().entrySet()) {
      last = plan.addMappingInstruction(pair.getKey(), pair.getValue());
      plan = last;
    }
    if (last == null) {
      throw new IllegalArgumentException("a migration needs at least one pair of element ids");
    }
    return client.newMigrateProcessInstanceCommand(processInstanceKey).migrationPlan(last.build());
  }
}
