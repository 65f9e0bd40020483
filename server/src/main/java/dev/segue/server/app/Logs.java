package dev.segue.server.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Where the server's log goes: into the home folder, since the terminal is for people. */
public final class Logs {

  private static final String CONFIGURATION = "/segue-logback.xml";

  private Logs() {}

  /** From now on this process logs into {@code logs/segue.log} of the home folder. */
  public static void toFile(Home home, String level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    URL configuration = Logs.class.getResource(CONFIGURATION);
    if (configuration == null) {
      throw new IllegalStateException(CONFIGURATION + " is not on the class path");
    }
    context.reset();
    context.putProperty("segue.logs", home.resolve("logs").toString());
    context.putProperty("segue.level", level.toUpperCase(Locale.ROOT));
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException e) {
      throw new IllegalStateException("the configuration of the log is broken", e);
    }
  }
}
