package dev.segue.bpmn.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.ExporterException;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Appends the engine's records to {@code history.record}, each of them once. The broker makes one
 * for each partition, plus one that is only configured, to check the arguments: see {@link
 * ExporterSettings} for these.
 */
public final class HistoryExporter implements Exporter {

  /** Short, because it holds one of the broker's few threads; the broker then asks again. */
  private static final Duration WAIT_FOR_ROOM = Duration.ofMillis(200);

  private static final Duration LAST_WRITE = Duration.ofSeconds(3);

  private @Nullable Context context;
  private @Nullable ExporterSettings settings;
  private @Nullable HistoryWriter writer;
  private @Nullable Thread thread;

  @Override
  public void configure(Context given) {
    context = given;
    settings = ExporterSettings.parse(given.getConfiguration().getArguments());
    given.setFilter(
        new Context.RecordFilter() {
          @Override
          public boolean acceptType(RecordType type) {
            return Relevance.accepts(type);
          }

          @Override
          public boolean acceptValue(ValueType type) {
            return Relevance.accepts(type);
          }
        });
  }

  @Override
  public void open(Controller controller) {
    Context known = given(context);
    ExporterSettings chosen = given(settings);
    Logger log = known.getLogger();
    int partition = known.getPartitionId();
    HistoryWriter started =
        new HistoryWriter(
            chosen,
            partition,
            new HistoryStore(chosen, partition),
            controller::updateLastExportedRecordPosition,
            log);
    writer = started;
    thread = Thread.ofPlatform().daemon().name("segue-history-" + partition).start(started);
    log.info("The history of partition {} goes to {}", partition, chosen);
  }

  @Override
  public void export(Record<?> record) {
    HistoryWriter open = given(writer);
    if (!Relevance.accepts(record)) {
      open.skip(record.getPosition());
      return;
    }
    if (!hasRoom(open)) {
      throw new ExporterException(
          "The history's buffer is full, its database is away or slow; the record is kept.");
    }
    open.add(
        record.getPosition(),
        record.getKey(),
        record.getTimestamp(),
        record.getValueType().name(),
        record.getIntent().name(),
        Body.of(record));
  }

  @Override
  public void close() {
    HistoryWriter open = writer;
    Thread running = thread;
    if (open == null || running == null) {
      return;
    }
    open.stop();
    try {
      HistoryWriter.join(running, LAST_WRITE);
    } catch (InterruptedException e) {
      running.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private static boolean hasRoom(HistoryWriter writer) {
    try {
      return writer.awaitRoom(WAIT_FOR_ROOM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <T> T given(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The broker configures and opens an exporter before use.");
    }
    return value;
  }
}
