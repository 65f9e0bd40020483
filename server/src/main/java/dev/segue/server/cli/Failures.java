package dev.segue.server.cli;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line that says what to do, and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    String verbs = String.join(", ", line.getSubcommands().keySet());
    if (e instanceof UnmatchedArgumentException && !verbs.isEmpty()) {
      message += ". There is " + verbs;
    } else if (message.equals("Missing required subcommand")) {
      message = "what shall it do? There is " + verbs;
    }
    PrintWriter err = terminal.err();
    err.println("segue: " + message);
    err.println(
        "       `%s --help` shows how it is used."
            .formatted(line.getCommandSpec().qualifiedName(" ")));
    err.flush();
    return CliException.WRONG_USE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    terminal.out().flush();
    PrintWriter err = terminal.err();
    if (e instanceof CliException failure) {
      err.println("segue: " + Texts.clean(String.valueOf(failure.getMessage())));
      failure.details().forEach(detail -> err.println("       " + Texts.clean(detail)));
      err.flush();
      return failure.exitCode();
    }
    err.println(
        "segue: something unforeseen went wrong, which is a fault of Segue. Please report this:");
    e.printStackTrace(err);
    err.flush();
    return CliException.FAILED;
  }
}
