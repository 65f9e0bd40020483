package dev.segue.bpmn.engine;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads what a broker did from the lines that its debug exporter prints, for the keys that no
 * command returns.
 */
final class ZeebeRecords extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  /** What the broker must be started with. */
  static final Map<String, String> BROKER_PROPERTIES =
      Map.of(
          "zeebe.broker.exporters.debug.className",
          "io.camunda.zeebe.broker.exporter.debug.DebugLogExporter",
          "zeebe.broker.exporters.debug.args.logLevel",
          "info");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectMapper json = new ObjectMapper();
  private final List<JsonNode> records = new CopyOnWriteArrayList<>();

  /** Takes the records of the embedded broker out of our log. */
  static ZeebeRecords ofEmbeddedBroker() {
    ZeebeRecords records = new ZeebeRecords();
    records.start();
    log().addAppender(records);
    return records;
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger("zeebe");
  }

  @Override
  protected void append(ILoggingEvent event) {
    accept(event.getFormattedMessage());
  }

  /** Takes a line of a broker's log. */
  void accept(String line) {
    int begin = line.indexOf('{');
    if (begin < 0 || !line.contains("\"valueType\"")) {
      return;
    }
    try {
      JsonNode record = json.readTree(line.substring(begin));
      if (record.path("recordType").asString("").equals("EVENT")) {
        records.add(record);
      }
    } catch (JacksonException cutOff) {
      // A deployment's record carries whole diagrams; none of ours is looked for in there.
      return;
    }
  }

  @Override
  public void close() {
    log().detachAppender(this);
  }

  /** The key of the incident at this job. */
  long incidentOf(long jobKey) {
    return keyOf("INCIDENT", "CREATED", r -> r.at("/value/jobKey").asLong() == jobKey);
  }

  /** The key of the user task of this run. */
  long userTaskOf(long processInstanceKey) {
    return keyOf("USER_TASK", "CREATED", r -> instance(r) == processInstanceKey);
  }

  /** The key of the instance of an element, once it is active. */
  long elementInstance(long processInstanceKey, String elementId) {
    return keyOf(
        "PROCESS_INSTANCE",
        "ELEMENT_ACTIVATED",
        r ->
            instance(r) == processInstanceKey
                && r.at("/value/elementId").asString().equals(elementId));
  }

  /** Waits for the end of the run. */
  void awaitCompleted(long processInstanceKey) {
    keyOf(
        "PROCESS_INSTANCE", "ELEMENT_COMPLETED", r -> r.path("key").asLong() == processInstanceKey);
  }

  private static long instance(JsonNode record) {
    return record.at("/value/processInstanceKey").asLong();
  }

  private long keyOf(String valueType, String intent, Predicate<JsonNode> match) {
    return await(valueType + " " + intent)
        .atMost(PATIENCE)
        .until(
            () ->
                records.stream()
                    .filter(r -> r.path("valueType").asString().equals(valueType))
                    .filter(r -> r.path("intent").asString().equals(intent))
                    .filter(match)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow()
        .path("key")
        .asLong();
  }
}
