package dev.segue.examples.recorder;

import dev.segue.sdk.Field;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the steps that append a line have in common. */
final class Recording {

  private Recording() {}

  /**
   * What to record, and how to misbehave on the way.
   *
   * @param file to which the line is appended
   * @param text what the line says
   * @param failTimes how many attempts fail before one does its work
   * @param sleepBefore how long to wait before the effect
   * @param sleepAfter how long to wait after the effect
   * @param errorCode the error to end with, after the effect
   */
  record Input(
      @Field(title = "File", help = "Lines are appended to it.", example = "/tmp/notes.tsv")
          String file,
      @Field(title = "Text") String text,
      @Field(title = "Failures first", min = 0, defaultValue = "0", group = "Misbehave")
          int failTimes,
      @Field(title = "Wait before", defaultValue = "PT0S", group = "Misbehave")
          Duration sleepBefore,
      @Field(title = "Wait after", defaultValue = "PT0S", group = "Misbehave") Duration sleepAfter,
      @Field(title = "Error code", group = "Misbehave") Optional<String> errorCode) {}

  /**
   * What was recorded.
   *
   * @param text the text of the input
   * @param attempts how often this step of this run was begun
   */
  record Output(@Field(title = "Text") String text, @Field(title = "Attempts") int attempts) {}

  /** One line per attempt goes into {@code FILE.attempts}, one per effect into the file. */
  static Output run(Input input, StepContext context, boolean onceOnly)
      throws IOException, InterruptedException {
    String key = context.idempotencyKey();
    Journal attempts = Journal.of(input.file() + ".attempts");
    attempts.append(key, context.runId(), Instant.now());
    int attempt = attempts.count(key);
    if (attempt <= input.failTimes()) {
      throw new IOException("attempt " + attempt + " fails as it was told to");
    }
    Thread.sleep(input.sleepBefore());
    Journal file = Journal.of(input.file());
    if (!onceOnly || file.count(key) == 0) {
      file.append(key, context.runId(), input.text(), Instant.now());
    }
    context.progress(0.5, "Recorded " + input.text());
    context.log().info("recorded {}", input.text());
    Thread.sleep(input.sleepAfter());
    if (input.errorCode().isPresent()) {
      throw new StepError(input.errorCode().get(), "The step ends with the error it was told to.");
    }
    return new Output(input.text(), attempt);
  }
}
