package dev.segue.examples.recorder;

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.util.Set;

/**
 * A file under a password, so to speak.
 *
 * @param path where it is
 * @param token anything but {@code wrong}
 */
@ConnectionInfo(
    name = "file",
    title = "Recorder file",
    description = "A file that pretends to need a token.",
    icon = "recorder.svg")
public record RecorderFile(@Field(title = "Path") String path, @Field(title = "Token") Secret token)
    implements ConnectionType {

  @Override
  public Set<String> hosts() {
    return Set.of();
  }

  @Override
  public ConnectionCheck test(StepContext context) {
    return token.reveal().equals("wrong")
        ? new ConnectionCheck(false, "The token is refused; enter another one.")
        : new ConnectionCheck(true, "Recorder file at " + path);
  }
}
