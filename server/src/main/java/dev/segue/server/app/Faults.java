package dev.segue.server.app;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FaultExplainer;
import dev.segue.server.http.Problem;
import dev.segue.server.storage.StorageException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** What callers see of the failures of database and engine. */
final class Faults implements FaultExplainer {

  /** SQL states by which PostgreSQL and its driver say that they can't be reached just now. */
  private static final Set<String> AWAY = Set.of("08", "57", "53");

  @Override
  public Optional<ApiException> explain(Throwable fault) {
    return switch (fault) {
      case EngineException engine -> Optional.ofNullable(ofEngine(engine));
      case DataAccessException data when isAway(data) -> Optional.of(databaseAway());
      case StorageException storage -> Optional.of(databaseAway());
      default -> Optional.empty();
    };
  }

  private static ApiException databaseAway() {
    return ApiException.unavailable(
        "The database doesn't answer now. Try again in a moment; segue status says how it is.");
  }

  private static boolean isAway(DataAccessException fault) {
    String state = fault.sqlState();
    return fault.getCause() instanceof SQLTransientConnectionException
        || (state != null && state.length() >= 2 && AWAY.contains(state.substring(0, 2)));
  }

  private static @Nullable ApiException ofEngine(EngineException fault) {
    String message = fault.getMessage() == null ? "The engine refused." : fault.getMessage();
    return switch (fault.kind()) {
      case NOT_FOUND -> ApiException.notFound(message);
      case INVALID -> ApiException.invalid(message);
      case CONFLICT -> ApiException.conflict(message);
      case TOO_LARGE -> new ApiException(Problem.of(413, "too-large", "Too large", message));
      case UNAVAILABLE ->
          ApiException.unavailable(
              "The process engine doesn't answer now. Try again in a moment; segue status says how it is.");
      case DENIED ->
          ApiException.unavailable(
              "The process engine doesn't accept this server's credentials. An administrator must set engine.oauth in segue.yaml.");
      case INTERNAL -> null;
    };
  }
}
