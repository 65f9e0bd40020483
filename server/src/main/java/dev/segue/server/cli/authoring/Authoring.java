package dev.segue.server.cli.authoring;

import dev.segue.server.cli.session.Session;
import java.time.Clock;
import java.util.List;

/** The commands below {@code plugins} that authors need. */
public final class Authoring {

  private Authoring() {}

  /**
   * Makes them.
   *
   * @param session what they work with
   * @param clock numbers the builds that {@code dev} installs
   */
  public static List<Object> commands(Session session, Clock clock) {
    return List.of(
        new NewCommand(session), new VerifyCommand(session), new DevCommand(session, clock));
  }
}
