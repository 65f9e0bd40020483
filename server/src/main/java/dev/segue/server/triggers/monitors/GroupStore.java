package dev.segue.server.triggers.monitors;

import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;

/**
 * Stores where groups stand, each together with what follows of it. A group that can't be stored
 * fails its monitor and holds up no other. Used by one thread.
 */
final class GroupStore {

  private static final int GROUPS_AT_ONCE = 500;

  /** Faults of what is to be stored; others are the database's, and pass. */
  private static final Set<SQLStateClass> OF_CONTENT =
      Set.of(SQLStateClass.C22_DATA_EXCEPTION, SQLStateClass.C23_INTEGRITY_CONSTRAINT_VIOLATION);

  private final Database database;
  private final AlertEffects effects;
  private final GroupRows rows;

  GroupStore(Database database, AlertEffects effects, GroupRows rows) {
    this.database = database;
    this.effects = effects;
    this.rows = rows;
  }

  /**
   * Stores groups.
   *
   * @throws DataAccessException if the database can't be reached or has no time
   */
  void save(List<Watched.Group> changed) {
    // Triggers are locked in this order, as whoever changes several of them does.
    List<Watched.Group> ordered =
        changed.stream().sorted(Comparator.comparing(group -> group.monitor().id())).toList();
    for (int i = 0; i < ordered.size(); i += GROUPS_AT_ONCE) {
      store(ordered.subList(i, Math.min(ordered.size(), i + GROUPS_AT_ONCE)));
    }
  }

  private void store(List<Watched.Group> some) {
    try {
      database.inTransaction(
          tx -> {
            effects.apply(tx, some);
            rows.save(tx, some.stream().map(GroupStore::row).toList());
          });
      some.forEach(Watched.Group::wasSaved);
    } catch (RuntimeException e) {
      if (isOfDatabase(e)) {
        throw e;
      }
      if (some.size() > 1) {
        some.forEach(one -> store(List.of(one)));
      } else {
        some.getFirst().monitor().failed(e);
      }
    }
  }

  /**
   * Ends the alerts of groups that have no series any more, since their monitor was changed, and
   * forgets the groups.
   *
   * @throws DataAccessException if the database can't be reached or has no time
   */
  void endLeft(Watched monitor, Instant now) {
    if (monitor.left().isEmpty()) {
      return;
    }
    try {
      database.inTransaction(
          tx -> {
            monitor
                .left()
                .forEach(
                    (key, state) -> {
                      if (state.alert() != null) {
                        Subject subject = Subject.of(monitor.trigger(), monitor.settings(), key);
                        effects.ended(tx, subject, state.alert(), now);
                      }
                    });
            rows.delete(tx, monitor.id(), monitor.left().keySet());
          });
      monitor.left().clear();
    } catch (RuntimeException e) {
      if (isOfDatabase(e)) {
        throw e;
      }
      monitor.failed(e);
    }
  }

  private static boolean isOfDatabase(RuntimeException e) {
    return e instanceof DataAccessException fault && !OF_CONTENT.contains(fault.sqlStateClass());
  }

  private static GroupRows.Row row(Watched.Group group) {
    return new GroupRows.Row(group.monitor().id(), group.key(), group.state());
  }
}
