package dev.segue.bpmn.exporter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Rows of {@code history.record} in the order of their positions, encoded as PostgreSQL's binary
 * COPY takes them. Not thread-safe; meant to be cleared and used again.
 */
final class RecordBatch {

  /** The columns, in the order in which {@link #add} encodes them. */
  static final String COLUMNS =
      "day, engine_id, partition_id, position, written_at, value_type, intent, record_key, body";

  private static final short FIELDS = 9;
  private static final byte JSONB_VERSION = 1;
  private static final long DAYS_TO_2000 = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MILLIS_TO_2000 = DAYS_TO_2000 * 86_400_000L;

  private final UUID engineId;
  private final int partitionId;
  private final Set<LocalDate> days = new LinkedHashSet<>();
  private ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
  private Row[] rows = new Row[256];
  private int size;

  RecordBatch(UUID engineId, int partitionId) {
    this.engineId = engineId;
    this.partitionId = partitionId;
  }

  /**
   * Where a row stands in the buffer, and what identifies its record.
   *
   * @param bodyStart where the last field begins, with its length
   */
  record Row(long position, long key, Instant writtenAt, int start, int bodyStart, int end) {}

  void add(long position, long key, long timestamp, String valueType, String intent, String body) {
    byte[] json = body.getBytes(StandardCharsets.UTF_8);
    reserve(128 + 3 * (valueType.length() + intent.length()) + json.length);
    Instant writtenAt = Instant.ofEpochMilli(timestamp);
    LocalDate day = LocalDate.ofInstant(writtenAt, ZoneOffset.UTC);
    int start = bytes.position();
    bytes.putShort(FIELDS);
    bytes.putInt(Integer.BYTES).putInt((int) (day.toEpochDay() - DAYS_TO_2000));
    bytes.putInt(2 * Long.BYTES);
    bytes.putLong(engineId.getMostSignificantBits()).putLong(engineId.getLeastSignificantBits());
    bytes.putInt(Integer.BYTES).putInt(partitionId);
    bytes.putInt(Long.BYTES).putLong(position);
    bytes.putInt(Long.BYTES).putLong((timestamp - MILLIS_TO_2000) * 1000);
    text(valueType);
    text(intent);
    bytes.putInt(Long.BYTES).putLong(key);
    int bodyStart = bytes.position();
    bytes.putInt(1 + json.length).put(JSONB_VERSION).put(json);
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = new Row(position, key, writtenAt, start, bodyStart, bytes.position());
    days.add(day);
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int byteCount() {
    return bytes.position();
  }

  Row row(int index) {
    return rows[index];
  }

  Row last() {
    return rows[size - 1];
  }

  Set<LocalDate> days() {
    return days;
  }

  byte[] array() {
    return bytes.array();
  }

  /** How many rows stand at or below a position. */
  int countUpTo(long position) {
    int count = 0;
    while (count < size && rows[count].position() <= position) {
      count++;
    }
    return count;
  }

  void clear() {
    bytes.clear();
    Arrays.fill(rows, 0, size, null);
    size = 0;
    days.clear();
  }

  /** The last field of a row as {@link #add} would encode it. */
  static byte[] encodedBody(String body) {
    byte[] json = body.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + 1 + json.length)
        .putInt(1 + json.length)
        .put(JSONB_VERSION)
        .put(json)
        .array();
  }

  private void text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    bytes.putInt(encoded.length).put(encoded);
  }

  private void reserve(int more) {
    if (bytes.remaining() < more) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more));
      bytes = larger.put(bytes.flip());
    }
  }
}
