package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.runtime.SharedClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;

/** No plugin ends the server by a call that it makes itself. */
class ExitCallsTest {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.exit(3)",
        "Runtime.getRuntime().exit(3)",
        "Runtime.getRuntime().halt(3)",
        "java.util.stream.IntStream.of(3).forEach(System::exit)",
        "java.util.stream.IntStream.of(3).forEach(Runtime.getRuntime()::halt)",
        "((java.util.function.BiConsumer<Runtime, Integer>) Runtime::exit)"
            + ".accept(Runtime.getRuntime(), 3)"
      })
  void endingTheJvmIsAnErrorThatNamesThePlugin(String call) throws Exception {
    Runnable caller = made("public void run() { " + call + "; }");

    assertThatThrownBy(caller::run)
        .isInstanceOf(Error.class)
        .hasMessageContaining("the plugin bakery@1.4.0 called ")
        .hasMessageContaining("(3), which would end the server");
  }

  @Test
  void whatHasTheSameNameElsewhereStaysAsItIs() {
    byte[] type =
        PluginZip.of("bakery", "1.4.0", "ovens.Oven")
            .source(
                "ovens.Oven",
                """
                package ovens;
                public final class Oven {
                  public static void exit(int status) {}
                  public static String halt() { exit(1); return "exit halt"; }
                }
                """)
            .compile()
            .get("ovens.Oven");

    assertThat(ExitCalls.rewrite(type)).isEmpty();
  }

  @Test
  void aRewrittenClassKnowsItsPackageAndItsPlace() throws Exception {
    Class<?> type = made("public void run() { System.exit(3); }").getClass();

    assertThat(type.getPackage().getName()).isEqualTo("ovens");
    assertThat(type.getProtectionDomain().getCodeSource().getLocation()).isNotNull();
    assertThat(type.getClassLoader().getName()).isEqualTo("bakery@1.4.0");
  }

  private Runnable made(String method) throws Exception {
    Path jar =
        PluginZip.of("bakery", "1.4.0", "ovens.Oven")
            .source(
                "ovens.Oven",
                "package ovens; public final class Oven implements Runnable { " + method + " }")
            .jar(temp.resolve("bakery.jar"));
    IsolatedClassLoader loader =
        new IsolatedClassLoader(
            new DefaultPluginManager(temp),
            new DefaultPluginDescriptor(
                "bakery", "", "ovens.Oven", "1.4.0", "*", "Tests", "Apache-2.0"),
            new SharedClassLoader(ExitCallsTest.class.getClassLoader()));
    loader.addFile(jar.toFile());
    return (Runnable) loader.loadClass("ovens.Oven").getConstructor().newInstance();
  }
}
