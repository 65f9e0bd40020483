package dev.segue.server.cli;

import dev.segue.server.cli.authoring.Authoring;
import dev.segue.server.cli.nouns.Nouns;
import dev.segue.server.cli.session.GlobalOptions;
import dev.segue.server.cli.session.Session;
import dev.segue.server.cli.session.Terminal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The command line of Segue. */
@Command(
    name = "segue",
    description = "Workflow automation for marketing, restaurant and sales operations.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class SegueCommand {

  @Mixin private final GlobalOptions options = new GlobalOptions();

  private SegueCommand() {}

  /** Runs a command and ends the process with its exit code: 0, 1 (it failed), 2 (wrong use). */
  public static void main(String[] args) {
    Terminal terminal = Terminal.system();
    ServerLauncher launcher = new AppLauncher(terminal.environment());
    System.exit(run(terminal, launcher, Clock.systemUTC(), args));
  }

  /**
   * Runs a command.
   *
   * @param terminal where it reads and prints
   * @param launcher what {@code up} starts
   * @param clock by which "two hours ago" is reckoned
   * @return the exit code
   */
  static int run(Terminal terminal, ServerLauncher launcher, Clock clock, String... args) {
    int exitCode = line(terminal, launcher, clock).execute(args);
    terminal.out().flush();
    return exitCode;
  }

  /** Puts the command line together. */
  static CommandLine line(Terminal terminal, ServerLauncher launcher, Clock clock) {
    SegueCommand root = new SegueCommand();
    Session session = new Session(root.options, terminal);
    CommandLine line = new CommandLine(root);
    for (Object command : commands(session, launcher, clock)) {
      line.addSubcommand(command);
    }
    CommandLine plugins = Objects.requireNonNull(line.getSubcommands().get("plugins"));
    plugins.addSubcommand(Nouns.pluginKeys(session));
    plugins.addSubcommand(Nouns.pluginCatalogues(session));
    CommandLine triggers = Objects.requireNonNull(line.getSubcommands().get("triggers"));
    Nouns.triggers(session).forEach(triggers::addSubcommand);
    Authoring.commands(session, clock).forEach(plugins::addSubcommand);
    Objects.requireNonNull(line.getSubcommands().get("metrics"))
        .addSubcommand(Nouns.metricSources(session, clock));
    Failures failures = new Failures(terminal);
    return line.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private static List<Object> commands(Session session, ServerLauncher launcher, Clock clock) {
    List<Object> commands = new ArrayList<>();
    commands.add(new UpCommand(session, launcher));
    commands.add(new DownCommand(session));
    commands.add(new StatusCommand(session));
    commands.add(new DoctorCommand(session));
    commands.add(new TestCommand(session, launcher, clock));
    commands.add(new LoginCommand(session, clock));
    commands.add(new LogoutCommand(session));
    commands.addAll(Nouns.all(session, clock));
    commands.add(new CompletionCommand(session));
    return commands;
  }
}
