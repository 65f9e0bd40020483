package dev.segue.examples.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Lines of tab-separated values in a file; a line that was appended survives a kill. */
record Journal(Path file) {

  static Journal of(String file) {
    return new Journal(Path.of(file));
  }

  void append(Object... values) throws IOException {
    StringBuilder line = new StringBuilder();
    for (Object value : values) {
      line.append(line.isEmpty() ? "" : "\t");
      line.append(value.toString().replaceAll("[\t\r\n]", " "));
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** How many lines begin with this value. */
  int count(String first) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(file);
    return (int) lines.stream().filter(line -> line.startsWith(first + "\t")).count();
  }
}
