package dev.segue.server.approvals;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.server.http.Json;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The part of an engine that completes user tasks: once each, and not those that are gone. */
public final class UserTaskEngine {

  private record Completion(String variables, String action) {}

  private final Map<Long, Completion> completed = new ConcurrentHashMap<>();
  private final Map<Long, Runnable> gone = new ConcurrentHashMap<>();
  private final Set<Long> answersLost = ConcurrentHashMap.newKeySet();

  public Engine asEngine() {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, args) -> {
              if (!method.getName().equals("completeTask")) {
                throw new UnsupportedOperationException(method.getName());
              }
              complete((Long) args[0], (String) args[1], (String) args[2]);
              return null;
            });
  }

  /** Takes a user task away; {@code told} runs whenever somebody tries to complete it. */
  void gone(long key, Runnable told) {
    gone.put(key, told);
  }

  public void losesAnswer(long key) {
    answersLost.add(key);
  }

  public boolean isOpen(long key) {
    return !completed.containsKey(key) && !gone.containsKey(key);
  }

  public JsonNode variables(long key) {
    return Json.parse(completed.get(key).variables());
  }

  public String action(long key) {
    return completed.get(key).action();
  }

  private void complete(long key, String variables, String action) {
    if (!isOpen(key)) {
      gone.getOrDefault(key, () -> {}).run();
      throw new EngineException(
          EngineException.Kind.NOT_FOUND, "there is no user task " + key, null);
    }
    completed.put(key, new Completion(variables, action));
    if (answersLost.contains(key)) {
      throw new EngineException(EngineException.Kind.UNAVAILABLE, "the connection broke", null);
    }
  }
}
