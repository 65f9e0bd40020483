package dev.segue.server.cli.authoring;

import dev.segue.server.cli.session.Session;
import java.util.List;

/** The commands below {@code plugins} that authors need. */
public final class Authoring {

  private Authoring() {}

  /**
   * Makes them.
   *
   * @param session what they work with
   */
  public static List<Object> commands(Session session) {
    return List.of(new NewCommand(session), new VerifyCommand(session));
  }
}
