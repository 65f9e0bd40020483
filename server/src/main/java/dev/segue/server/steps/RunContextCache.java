package dev.segue.server.steps;

import dev.segue.server.steps.RunContexts.Lookup;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the contexts of runs that steps ran for of late, so that a step without an effect costs no
 * look into the database. Only what can't change any more is kept. Thread-safe.
 */
final class RunContextCache implements RunContexts {

  private final RunContexts source;
  private final Map<Long, RunContext> kept;

  RunContextCache(RunContexts source, int most) {
    this.source = source;
    this.kept =
        new LinkedHashMap<>(256, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, RunContext> eldest) {
            return size() > most;
          }
        };
  }

  /** The context if it is kept, without asking anyone. */
  @Nullable RunContext peek(long processInstanceKey) {
    synchronized (kept) {
      return kept.get(processInstanceKey);
    }
  }

  @Override
  public Lookup find(Query query) {
    RunContext known = peek(query.processInstanceKey());
    if (known != null) {
      return new Lookup.Known(known);
    }
    Lookup found = source.find(query);
    if (found instanceof Lookup.Known(RunContext run) && run.mode() != RunMode.UNKNOWN) {
      synchronized (kept) {
        kept.put(run.processInstanceKey(), run);
      }
    }
    return found;
  }
}
