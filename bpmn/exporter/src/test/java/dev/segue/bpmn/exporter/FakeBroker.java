package dev.segue.bpmn.exporter;

import io.camunda.zeebe.exporter.api.ExporterException;
import io.camunda.zeebe.exporter.api.context.Configuration;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.exporter.api.context.ScheduledTask;
import io.camunda.zeebe.protocol.record.Record;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** What an exporter sees of a broker: one partition, its arguments, and who it acknowledges to. */
final class FakeBroker implements Context, Configuration, Controller {

  private final Map<String, Object> arguments;
  private final AtomicLong acknowledged = new AtomicLong(-1);
  private final HistoryExporter exporter = new HistoryExporter();

  FakeBroker(Map<String, Object> arguments) {
    this.arguments = arguments;
    exporter.configure(this);
    exporter.open(this);
  }

  /** Delivers a record until the exporter takes it, as a broker does. */
  void deliver(Record<?> record) {
    while (true) {
      try {
        exporter.export(record);
        return;
      } catch (ExporterException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** Whether the exporter takes a record now. */
  boolean takes(Record<?> record) {
    try {
      exporter.export(record);
      return true;
    } catch (ExporterException e) {
      return false;
    }
  }

  long acknowledged() {
    return acknowledged.get();
  }

  void stop() {
    exporter.close();
  }

  @Override
  public Logger getLogger() {
    return NOPLogger.NOP_LOGGER;
  }

  @Override
  public Configuration getConfiguration() {
    return this;
  }

  @Override
  public int getPartitionId() {
    return 1;
  }

  @Override
  public void setFilter(RecordFilter filter) {
    // The tests deliver only what a broker would deliver.
  }

  @Override
  public String getId() {
    return "history";
  }

  @Override
  public Map<String, Object> getArguments() {
    return arguments;
  }

  @Override
  public <T> T instantiate(Class<T> type) {
    throw new UnsupportedOperationException("the exporter reads its arguments by itself");
  }

  @Override
  public void updateLastExportedRecordPosition(long position) {
    acknowledged.set(position);
  }

  @Override
  public void updateLastExportedRecordPosition(long position, byte[] metadata) {
    acknowledged.set(position);
  }

  @Override
  public long getLastExportedRecordPosition() {
    return acknowledged.get();
  }

  @Override
  public ScheduledTask scheduleCancellableTask(Duration delay, Runnable task) {
    throw new UnsupportedOperationException("the exporter has a thread of its own");
  }

  @Override
  public Optional<byte[]> readMetadata() {
    return Optional.empty();
  }
}
