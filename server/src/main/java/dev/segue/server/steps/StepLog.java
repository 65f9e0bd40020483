package dev.segue.server.steps;

import dev.segue.runtime.call.SecretMask;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * The log that a step writes to: secrets are masked, and a plugin that floods it is cut short. The
 * run and the step stand in the MDC.
 */
final class StepLog extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private final transient Logger target;
  private final transient SecretMask mask;
  private final transient LogBudget budget;

  StepLog(Logger target, SecretMask mask, LogBudget budget) {
    this.name = target.getName();
    this.target = target;
    this.mask = mask;
    this.budget = budget;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (!target.isEnabledForLevel(level) || !budget.spend(target)) {
      return;
    }
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    String masked = mask.mask(text == null ? "" : text);
    target.atLevel(level).log("{}", thrown == null ? masked : masked + "\n" + trace(thrown));
  }

  /** The trace as text, for a message in it may hold a secret. */
  private String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return mask.mask(text.toString());
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return StepLog.class.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return target.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return target.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return target.isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return target.isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return target.isErrorEnabled();
  }
}
