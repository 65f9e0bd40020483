package dev.segue.server.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.TransactionContext;
import org.jooq.TransactionListener;
import org.jooq.TransactionListenerProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs things after the commit of the transaction they were asked for in, and never after its
 * rollback. Works within transactions of a database that was opened with {@link #provider}.
 */
public final class AfterCommit implements TransactionListener {

  private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);
  private static final String KEY = "segue.after-commit";

  /**
   * What waits for the commit of the outermost transaction, whose configuration is {@code root}.
   */
  private record Pending(Configuration root, List<Runnable> actions) {}

  private AfterCommit() {}

  /** What a {@link dev.segue.server.storage.Database} must be opened with. */
  public static TransactionListenerProvider provider() {
    return AfterCommit::new;
  }

  /**
   * Runs an action on the committing thread once the outermost transaction has committed. The
   * action must be quick; its failure is logged.
   *
   * @throws IllegalStateException outside such a transaction
   */
  public static void run(DSLContext tx, Runnable action) {
    if (!(tx.configuration().data(KEY) instanceof Pending pending)) {
      throw new IllegalStateException(
          "This needs a transaction of a database that was opened with AfterCommit.provider().");
    }
    pending.actions().add(action);
  }

  @Override
  public void beginStart(TransactionContext context) {
    if (context.configuration().data(KEY) == null) {
      context
          .configuration()
          .data(KEY, new Pending(context.configuration(), new CopyOnWriteArrayList<>()));
    }
  }

  @Override
  public void commitEnd(TransactionContext context) {
    if (context.configuration().data(KEY) instanceof Pending pending
        && pending.root() == context.configuration()) {
      pending.actions().forEach(AfterCommit::runSafely);
    }
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("an action after a commit failed", e);
    }
  }
}
