package dev.segue.runtime.check;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which calls and packages do harm in a plugin, though the compiler takes them. */
final class CodeRules {

  /** Where a plugin shares the JVM with the server and all other plugins. */
  private static final Map<String, String> CALLS = calls();

  private static final List<String> OURS =
      List.of(
          "dev.segue.sdk.",
          "dev.segue.runtime.",
          "dev.segue.server.",
          "dev.segue.bpmn.",
          "dev.segue.testkit.");

  private final Map<String, Boolean> openByPackage = new HashMap<>();

  CodeRules() {
    for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
      ModuleDescriptor descriptor = module.descriptor();
      descriptor.packages().forEach(name -> openByPackage.put(name, false));
      boolean supported = !descriptor.name().equals("jdk.unsupported");
      for (ModuleDescriptor.Exports exports : descriptor.exports()) {
        openByPackage.put(exports.source(), supported && !exports.isQualified());
      }
    }
  }

  private static Map<String, String> calls() {
    Map<String, String> calls = new LinkedHashMap<>();
    String ends = "asks the whole server to end, which no plugin may";
    calls.put("java.lang.System.exit", ends);
    calls.put("java.lang.Runtime.exit", ends);
    calls.put("java.lang.Runtime.halt", "ends the server with all its runs, at once");
    calls.put(
        "java.lang.Runtime.addShutdownHook", "keeps the plugin in memory after it was removed");
    String everybody = "changes it for the server and all plugins";
    calls.put("java.lang.System.setProperty", everybody);
    calls.put("java.lang.System.setProperties", everybody);
    calls.put("java.lang.System.setOut", everybody);
    calls.put("java.lang.System.setErr", everybody);
    calls.put("java.lang.System.setIn", everybody);
    calls.put("java.util.Locale.setDefault", everybody);
    calls.put("java.util.TimeZone.setDefault", everybody);
    calls.put("java.net.URL.setURLStreamHandlerFactory", everybody);
    calls.put(
        "java.lang.System.loadLibrary", "loads native code, which no server can keep in check");
    calls.put("java.lang.System.load", "loads native code, which no server can keep in check");
    return Map.copyOf(calls);
  }

  /** What a call does, if it is one that does harm. */
  Optional<String> harm(String method) {
    return Optional.ofNullable(CALLS.get(method));
  }

  /** Whether a class is the JDK's own business, which changes from one release to the next. */
  boolean isInternal(String className) {
    int dot = className.lastIndexOf('.');
    return dot > 0 && !openByPackage.getOrDefault(className.substring(0, dot), true);
  }

  /** Whether no plugin may bring a class of this name: the JVM's own, or Segue's. */
  static boolean isForbidden(String className) {
    return className.startsWith("java.") || OURS.stream().anyMatch(className::startsWith);
  }

  /** Whether a class of this name stands in for one of the JDK. */
  boolean shadowsJdk(String className) {
    int dot = className.lastIndexOf('.');
    return dot > 0 && openByPackage.containsKey(className.substring(0, dot));
  }

  /** Whether a class is the server's own and not brought along, so that a plugin won't find it. */
  static boolean isHidden(String className, Set<String> brought) {
    return !className.startsWith("dev.segue.sdk.")
        && (className.startsWith("org.pf4j.") || isForbidden(className))
        && !className.startsWith("java.")
        && !brought.contains(className);
  }
}
