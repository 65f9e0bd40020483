package dev.segue.plugins.notify;

import dev.segue.sdk.Artifacts;
import dev.segue.sdk.Field;
import dev.segue.sdk.StepError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A stored artifact to send with an email. */
record Attachment(
    @Field(
            title = "Artifact",
            help = "The hash of a stored image or file that its plugin shares.",
            pattern = "[0-9a-f]{64}",
            example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String sha256,
    @Field(
            title = "File name",
            minLength = 1,
            maxLength = 100,
            pattern = "[a-zA-Z0-9][a-zA-Z0-9 ._-]*",
            example = "chart.png")
        String name,
    @Field(
            title = "Media type",
            maxLength = 100,
            pattern = "[a-z]+/[a-zA-Z0-9.+-]+",
            defaultValue = "image/png")
        String mediaType) {

  static final int MOST = 10;
  private static final int MOST_BYTES = 10 * 1024 * 1024;

  /**
   * Reads the files of an email.
   *
   * @throws StepError {@code MESSAGE_ATTACHMENT} if one isn't there, or together they are too large
   */
  static List<Enclosure> read(List<Attachment> attachments, Artifacts artifacts) {
    List<Enclosure> files = new ArrayList<>();
    int left = MOST_BYTES;
    for (Attachment attachment : attachments) {
      byte[] content = attachment.content(artifacts, left + 1);
      left -= content.length;
      if (left < 0) {
        throw new StepError(
            "MESSAGE_ATTACHMENT",
            "The attachments are larger than 10 MiB together, which mail servers refuse; send"
                + " fewer.");
      }
      files.add(new Enclosure(attachment.name(), attachment.mediaType(), content));
    }
    return files;
  }

  private byte[] content(Artifacts artifacts, int most) {
    try (InputStream in = artifacts.open(sha256)) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw new StepError(
          "MESSAGE_ATTACHMENT", "The file " + name + " can't be attached: " + e.getMessage() + ".");
    }
  }
}
