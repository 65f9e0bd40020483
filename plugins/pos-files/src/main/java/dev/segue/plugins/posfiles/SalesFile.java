package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.csv.CsvRecord;
import dev.segue.plugins.posfiles.csv.CsvScanner;
import dev.segue.plugins.posfiles.layout.Layout;
import dev.segue.plugins.posfiles.layout.LineOutcome;
import dev.segue.plugins.posfiles.layout.LineReader;
import dev.segue.sdk.StepError;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one sales file, plain or gzipped. Reads as it goes and holds one buffer; to go over
 * the file again, open another. Not thread-safe.
 */
final class SalesFile implements AutoCloseable {

  private final String name;
  private final MessageDigest digest;
  private final InputStream packed;
  private final CsvScanner scanner;
  private final LineReader reader;

  private SalesFile(
      String name,
      MessageDigest digest,
      InputStream packed,
      CsvScanner scanner,
      LineReader reader) {
    this.name = name;
    this.digest = digest;
    this.packed = packed;
    this.scanner = scanner;
    this.reader = reader;
  }

  /**
   * Opens a file and reads its headings.
   *
   * @param name the file as people know it
   * @param progress is told the size of every piece of the (packed) file, in bytes
   * @throws StepError {@code SALES_FILE_UNUSABLE} if there is nothing in it, {@code
   *     SALES_FILE_COLUMNS} if columns are missing
   */
  static SalesFile open(
      Path path,
      String name,
      Layout layout,
      Charset charset,
      LineReader.Place place,
      LongConsumer progress)
      throws IOException {
    MessageDigest digest = sha256();
    InputStream packed =
        new BufferedInputStream(
            new DigestInputStream(new Counting(Files.newInputStream(path), progress), digest),
            1 << 16);
    try {
      CsvScanner scanner = new CsvScanner(unpacked(packed));
      CsvRecord first = firstRecord(scanner);
      if (first == null) {
        throw new StepError(
            "SALES_FILE_UNUSABLE", "The file " + name + " is empty; export it again.");
      }
      String headings = new String(first.bytes(), charset);
      LineReader reader = new LineReader(name, headings, layout, charset, place);
      return new SalesFile(name, digest, packed, scanner, reader);
    } catch (EOFException | ZipException e) {
      packed.close();
      throw cutOff(name, e);
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static @Nullable CsvRecord firstRecord(CsvScanner scanner) throws IOException {
    CsvRecord record = scanner.next(',');
    while (record != null && record.isBlank()) {
      record = scanner.next(',');
    }
    return record;
  }

  /**
   * Reads the next line.
   *
   * @return what became of it, or null at the end
   * @throws StepError {@code SALES_FILE_UNUSABLE} if a gzip file ends too early
   */
  @Nullable LineOutcome next() throws IOException {
    try {
      CsvRecord record = scanner.next(reader.separator());
      return record == null ? null : reader.read(record);
    } catch (EOFException | ZipException e) {
      throw cutOff(name, e);
    }
  }

  /** Whether every line so far was of the character set. */
  boolean allDecodable() {
    return reader.allDecodable();
  }

  /**
   * Reads what is left, unseen, and tells the hash of the file as it lies on disk.
   *
   * @return 64 lower-case hex digits
   */
  String sha256OfAll() throws IOException {
    packed.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The hash of a file's bytes. */
  static String sha256(Path path, LongConsumer progress) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in =
        new DigestInputStream(new Counting(Files.newInputStream(path), progress), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static StepError cutOff(String name, IOException cause) {
    StepError error =
        new StepError(
            "SALES_FILE_UNUSABLE",
            "The file "
                + name
                + " is not a whole gzip file; it was probably cut off on its way. Copy or export it"
                + " again.");
    error.initCause(cause);
    return error;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }

  private static final class Counting extends FilterInputStream {
    private final LongConsumer progress;

    Counting(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        progress.accept(1);
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int count = super.read(buffer, from, length);
      if (count > 0) {
        progress.accept(count);
      }
      return count;
    }
  }
}
