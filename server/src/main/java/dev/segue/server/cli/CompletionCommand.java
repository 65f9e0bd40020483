package dev.segue.server.cli;

import dev.segue.server.cli.session.Session;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the shell complete commands and options. */
@Command(
    name = "completion",
    description = "Print completions for bash and zsh: source <(segue completion)")
final class CompletionCommand implements Runnable {

  private final Session session;
  private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Spec
  void setSpec(CommandSpec own) {
    spec = own;
  }

  @Override
  public void run() {
    session.out().document(AutoComplete.bash("segue", spec.root().commandLine()));
  }
}
