package dev.segue.server.data.metrics;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Principal;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Takes one body of JSON lines: what is good is written in batches as it is read, what is bad is
 * told by its line. A caller that sends the same again changes nothing. Used once.
 */
final class MetricPush {

  /** A small zip may hold a mountain. */
  private static final long MOST_UNPACKED = 256L << 20;

  private final PointIntake intake;
  private final PointRules rules;
  private final Principal caller;

  MetricPush(PointIntake intake, PointRules rules, Principal caller) {
    this.intake = intake;
    this.rules = rules;
    this.caller = caller;
  }

  PointIntake.Taken take(byte[] body, String encoding) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(unpacked(body, encoding), StandardCharsets.UTF_8))) {
      PointLines lines = new PointLines(reader, rules);
      for (Optional<PointLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        switch (line.get()) {
          case PointLines.Line.Good good -> take(good);
          case PointLines.Line.Bad(int number, String reason) -> intake.refuse(number, reason);
        }
      }
    } catch (ZipException | EOFException e) {
      throw ApiException.badRequest(
          "The body is no whole gzip: %s. %d points before that were taken; send it again."
              .formatted(e.getMessage(), intake.accepted()));
    }
    return intake.done();
  }

  private void take(PointLines.Line.Good good) {
    String site = good.sample().series().site();
    if (caller.mayActOn(site)) {
      intake.take(good.number(), good.sample());
    } else {
      intake.refuse(good.number(), "The account may not act on the site %s.".formatted(site));
    }
  }

  private static InputStream unpacked(byte[] body, String encoding) throws IOException {
    InputStream sent = new ByteArrayInputStream(body);
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> sent;
      case "gzip" -> new Bounded(new GZIPInputStream(sent, 64 << 10));
      default ->
          throw ApiException.badRequest(
              "Content-Encoding %s isn't taken. Send gzip, or as it is.".formatted(encoding));
    };
  }

  /** Ends with a 413 where there is too much. */
  private static final class Bounded extends InputStream {

    private final InputStream in;
    private long left = MOST_UNPACKED;

    Bounded(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      count(1);
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw ApiException.tooLarge(
            "Unpacked, the body is larger than %d MB. Send smaller parts."
                .formatted(MOST_UNPACKED >> 20));
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
