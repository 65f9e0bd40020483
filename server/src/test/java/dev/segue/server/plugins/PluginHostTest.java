package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.plugins.DeployedSteps.WorkflowPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {

  private static final String GREET = "hello:greet:1";

  @TempDir Path temp;
  private final RecordedAlarms alarms = new RecordedAlarms();
  private final InMemoryVersions store = new InMemoryVersions();
  private final InMemoryZips zips = new InMemoryZips();
  private final Map<String, Set<String>> inUse = new TreeMap<>();
  private final PluginCalls calls = new PluginCalls();
  private final SignatureCheck signatures =
      (zip, signature, allowUnsigned) -> {
        if (signature.equals(Optional.of("good"))) {
          return Optional.of(new PluginKeys.Key("ab12", "Bakers", "", "ada", Instant.EPOCH));
        }
        throw new PluginRefusedException("The signature isn't over this zip.", null);
      };
  private final List<WorkflowPin> pins = new CopyOnWriteArrayList<>();
  private final DeployedSteps deployed =
      new DeployedSteps() {
        @Override
        public Map<String, Set<String>> workflowsByStepType() {
          return inUse;
        }

        @Override
        public List<WorkflowPin> pins() {
          return List.copyOf(pins);
        }
      };
  private boolean unsignedInFolder = true;
  private Path dropped;
  private PluginHost host;

  @BeforeEach
  void makeHost() throws IOException {
    dropped = Files.createDirectories(temp.resolve("home"));
    host = newHost();
  }

  private PluginHost newHost() throws IOException {
    return newHost(temp);
  }

  private PluginHost newHost(Path base) throws IOException {
    PluginsSettings settings =
        new PluginsSettings(
            base.resolve("home"),
            base.resolve("distribution"),
            base.resolve("work"),
            ArchiveLimits.DEFAULTS,
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            unsignedInFolder);
    return new PluginHost(
        settings,
        new PluginHost.Shared(store, zips, signatures, new NoTrials(), alarms),
        (id, migrations) -> {},
        deployed,
        calls,
        InstantSource.system());
  }

  @AfterEach
  void close() {
    host.close();
    calls.close();
  }

  @Test
  void servesWhatLiesInTheFolders() throws IOException {
    Files.createDirectories(temp.resolve("distribution"));
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("any name.zip"));
    PluginZip.greeter("shipped", "2.0.0").build(temp.resolve("distribution/shipped.zip"));

    host.start();

    assertThat(host.steps().all())
        .extracting(step -> step.type().toString())
        .containsExactly(GREET, "shipped:greet:1");
    assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0");
    assertThat(host.steps().unserved(List.of(GREET, "other:step:1")))
        .containsExactly("other:step:1");
  }

  @Test
  void servesWhatIsDroppedWhileRunning() {
    List<Set<String>> heard = new CopyOnWriteArrayList<>();
    host.start();
    host.listen(listener(heard));
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("hello.zip"));

    await().untilAsserted(() -> assertThat(heard).endsWith(Set.of(GREET)));
    assertThat(heard).startsWith(Set.of());
  }

  @Test
  void theNewestVersionServes() {
    PluginZip.greeter("hello", "1.9.0").build(dropped.resolve("a.zip"));
    PluginZip.greeter("hello", "1.10.0").build(dropped.resolve("b.zip"));
    PluginZip.greeter("hello", "1.10.0-rc.1").build(dropped.resolve("c.zip"));

    host.start();

    assertThat(host.steps().pluginVersion(GREET)).contains("1.10.0");
    assertThat(host.list()).filteredOn(InstalledPlugin::loaded).hasSize(1);
  }

  @Test
  void aDisabledVersionGivesWayToTheOneBefore() {
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    PluginZip.greeter("hello", "2.0.0").build(dropped.resolve("b.zip"));
    host.start();

    host.disable("hello", "2.0.0");
    assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0");

    host.enable("hello", "2.0.0");
    assertThat(host.steps().pluginVersion(GREET)).contains("2.0.0");
  }

  @Test
  void aPinGetsTheNewestVersionInItsRange() {
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    PluginZip.greeter("hello", "1.1.0").build(dropped.resolve("b.zip"));
    PluginZip.greeter("hello", "2.0.0").build(dropped.resolve("c.zip"));
    host.start();

    try (PluginLease exact = host.lease(GREET, VersionRange.parse("1.0.0")).orElseThrow();
        PluginLease range = host.lease(GREET, VersionRange.parse("1.x")).orElseThrow();
        PluginLease other = host.lease(GREET, null).orElseThrow()) {
      assertThat(exact.pluginVersion()).isEqualTo("1.0.0");
      assertThat(range.pluginVersion()).isEqualTo("1.1.0");
      assertThat(other.pluginVersion()).isEqualTo("2.0.0");
    }
    assertThat(host.lease(GREET, VersionRange.parse("3.0.0"))).isEmpty();
  }

  @Test
  void aVersionStaysLoadedWhileAWorkflowIsPinnedToIt() {
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    PluginZip.greeter("hello", "2.0.0").build(dropped.resolve("b.zip"));
    pins.add(new WorkflowPin("daily", PluginPin.parse("hello@^1.0"), true));
    host.start();

    assertThat(host.pinned("daily", GREET)).contains(VersionRange.parse("^1.0"));
    assertThat(host.pinned("weekly", GREET)).isEmpty();
    assertThat(host.list()).hasSize(2).allMatch(InstalledPlugin::loaded);
    assertThat(host.installedSteps().serves(GREET, VersionRange.parse("^1.0"))).isTrue();
    assertThat(host.installedSteps().serves(GREET, VersionRange.parse("^3"))).isFalse();
    assertThat(host.pinnedBy(host.list().getFirst().version())).containsExactly("daily");
    assertThat(host.pinnedBy(host.list().getLast().version())).isEmpty();

    pins.clear();
    await()
        .untilAsserted(
            () -> assertThat(host.list()).filteredOn(InstalledPlugin::loaded).hasSize(1));
    assertThat(host.pinned("daily", GREET)).isEmpty();
  }

  @Test
  void anOlderVersionStaysForAStepTypeThatItAloneServes() throws IOException {
    inUse.put(GREET, Set.of("daily"));
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    PluginZip.of("hello", "2.0.0", "greet.New")
        .source(
            "greet.New",
            """
            package greet;
            import dev.segue.sdk.*;
            public final class New implements SeguePlugin {
              @Override public void describe(Catalog catalog) { catalog.step(new Greet()); }
              @StepInfo(name = "greet", major = 2, title = "Greet", effect = Effect.NONE)
              static final class Greet implements Step<Greet.Input, Greet.Output> {
                record Input(String name) {}
                record Output(String text) {}
                @Override public Output run(Input input, StepContext context) {
                  return new Output("Hi");
                }
              }
            }
            """)
        .build(dropped.resolve("b.zip"));

    host.start();

    assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0");
    assertThat(host.steps().pluginVersion("hello:greet:2")).contains("2.0.0");
  }

  @Test
  void aStepTypeInUseThatVanishesRaisesAnAlarmUntilItReturns() {
    inUse.put(GREET, Set.of("daily-optimization"));
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    host.start();
    assertThat(alarms.raised()).isEmpty();

    host.disable("hello", "1.0.0");
    assertThat(alarms.raised())
        .hasEntrySatisfying(
            "step-type-unserved " + GREET,
            message -> assertThat(message).contains(GREET, "daily-optimization", "Install"));

    host.enable("hello", "1.0.0");
    assertThat(alarms.raised()).isEmpty();
  }

  @Test
  void aBadZipRaisesAnAlarmAndTheOthersServe() throws IOException {
    Files.writeString(dropped.resolve("broken.zip"), "no zip");
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("good.zip"));
    host.start();

    assertThat(host.steps().all()).hasSize(1);
    assertThat(alarms.raised()).containsOnlyKeys("plugin-refused broken.zip");
    assertThat(host.list())
        .filteredOn(one -> one.version().state() == PluginState.REFUSED)
        .singleElement()
        .satisfies(one -> assertThat(one.version().message()).contains("no readable zip file"));

    Files.delete(dropped.resolve("broken.zip"));
    await().untilAsserted(() -> assertThat(alarms.raised()).isEmpty());
  }

  @Test
  void aPluginThatThrowsIsRefusedAndTheVersionBeforeServes() {
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    PluginZip.of("hello", "1.1.0", "bad.Bad")
        .source(
            "bad.Bad",
            """
            package bad;
            import dev.segue.sdk.*;
            public final class Bad implements SeguePlugin {
              @Override public void describe(Catalog catalog) {
                throw new IllegalStateException("out of flour");
              }
            }
            """)
        .build(dropped.resolve("b.zip"));
    host.start();

    assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0");
    assertThat(alarms.raised().get("plugin-refused hello 1.1.0")).contains("out of flour");
  }

  @Test
  void aStepTypeThatIsThereTwiceIsRefused() {
    PluginZip.of("twice", "1.0.0", "bad.Twice")
        .source(
            "bad.Twice",
            """
            package bad;
            import dev.segue.sdk.*;
            public final class Twice implements SeguePlugin {
              @Override public void describe(Catalog catalog) {
                catalog.step(new Same());
                catalog.step(new Same());
              }
              @StepInfo(name = "same", title = "Same", effect = Effect.NONE)
              static final class Same implements Step<Same.Input, Same.Output> {
                record Input(String name) {}
                record Output(String text) {}
                @Override public Output run(Input input, StepContext context) {
                  return new Output("");
                }
              }
            }
            """)
        .build(dropped.resolve("twice.zip"));
    host.start();

    assertThat(alarms.raised().get("plugin-refused twice 1.0.0")).contains("same");
    assertThat(host.steps().all()).isEmpty();
  }

  @Test
  void aConstructorThatHangsIsRefused() {
    PluginZip.of("hang", "1.0.0", "bad.Hang")
        .source(
            "bad.Hang",
            """
            package bad;
            import dev.segue.sdk.*;
            public final class Hang implements SeguePlugin {
              public Hang() throws Exception { Thread.sleep(600_000); }
              @Override public void describe(Catalog catalog) {}
            }
            """)
        .build(dropped.resolve("hang.zip"));
    host.start();

    assertThat(alarms.raised().get("plugin-refused hang 1.0.0")).contains("hang 1.0.0", "PT10S");
  }

  @Test
  void anotherBuildOfAReleasedVersionIsRefused() throws Exception {
    host.start();
    host.install(PluginZip.greeter("hello", "1.0.0").build(temp.resolve("first.zip")), "ada");
    Path other =
        PluginZip.greeter("hello", "1.0.0").entry("more", "x").build(temp.resolve("second.zip"));

    assertThatExceptionOfType(PluginRefusedException.class)
        .isThrownBy(() -> host.install(other, "ada"))
        .withMessageContaining("hello 1.0.0 is installed already");
    assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0");
  }

  @Test
  void anotherBuildOfASnapshotReplacesIt() throws Exception {
    host.start();
    host.install(PluginZip.greeter("hello", "1.0.0-dev").build(temp.resolve("a.zip")), "ada");
    String before = host.list().getFirst().version().sha256();
    host.install(
        PluginZip.greeter("hello", "1.0.0-dev").entry("more", "x").build(temp.resolve("b.zip")),
        "ada");

    assertThat(host.list()).hasSize(1);
    assertThat(host.list().getFirst().version().sha256()).isNotEqualTo(before);
    assertThat(host.list().getFirst().version().installedBy()).isEqualTo("ada");
  }

  @Test
  void aRemovedVersionStaysAwayAfterARestart() throws Exception {
    Files.createDirectories(temp.resolve("distribution"));
    PluginZip.greeter("hello", "1.0.0").build(temp.resolve("distribution/hello.zip"));
    host.start();
    host.remove("hello", "1.0.0");
    host.close();

    host = newHost();
    host.start();

    assertThat(host.steps().all()).isEmpty();
    assertThat(host.list().getFirst().version().state()).isEqualTo(PluginState.REMOVED);
    assertThatExceptionOfType(UnknownPluginException.class)
        .isThrownBy(() -> host.remove("hello", "9.9.9"));
  }

  @Test
  void anotherServerGetsWhatOneInstallsAndLosesWhatOneRemoves() throws Exception {
    host.start();
    host.install(PluginZip.greeter("hello", "1.0.0").build(temp.resolve("a.zip")), "ada");
    PluginZip.greeter("dropped", "1.0.0").build(dropped.resolve("dropped.zip"));
    host.reconcile();
    host.reconcile();

    try (PluginHost other = newHost(temp.resolve("other"))) {
      other.start();
      assertThat(other.steps().unserved(List.of(GREET, "dropped:greet:1"))).isEmpty();

      host.remove("hello", "1.0.0");
      Files.delete(dropped.resolve("dropped.zip"));
      host.reconcile();
      await().untilAsserted(() -> assertThat(other.steps().all()).isEmpty());

      PluginZip.greeter("dropped", "1.0.0").build(dropped.resolve("again.zip"));
      await().untilAsserted(() -> assertThat(other.steps().all()).hasSize(1));
    }
  }

  @Test
  void aRefusedInstallationLeavesEverythingAsItWas() throws Exception {
    host.start();
    host.install(PluginZip.greeter("hello", "1.0.0").build(temp.resolve("a.zip")), "ada");
    Path bad =
        PluginZip.of("hello", "2.0.0", "no.Such").entry("x", "x").build(temp.resolve("b.zip"));

    assertThatExceptionOfType(PluginRefusedException.class)
        .isThrownBy(() -> host.install(bad, "ada"))
        .withMessageContaining("no.Such");

    assertThat(host.list()).singleElement().matches(InstalledPlugin::loaded);
    assertThat(alarms.raised()).isEmpty();
  }

  @Test
  void aZipInTheFolderNeedsAGoodSignatureIfItHasOne() throws Exception {
    Files.writeString(dropped.resolve("a.zip.sig"), "good\n");
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    Files.writeString(dropped.resolve("b.zip.sig"), "bad");
    PluginZip.greeter("other", "1.0.0").build(dropped.resolve("b.zip"));
    PluginZip.greeter("third", "1.0.0").build(dropped.resolve("c.zip"));
    host.start();

    assertThat(host.steps().unserved(List.of(GREET, "third:greet:1", "other:greet:1")))
        .containsExactly("other:greet:1");
    assertThat(alarms.raised().get("plugin-refused b.zip")).contains("isn't over this zip");
    assertThat(host.list())
        .extracting(one -> one.version().trust().inWords())
        .containsExactly(
            "signed by Bakers (key ab12)", "unsigned, allowed by the owner of the plugins folder");

    Files.writeString(dropped.resolve("b.zip.sig"), "good");
    Files.writeString(dropped.resolve("c.zip.sig"), "good");
    await()
        .untilAsserted(
            () ->
                assertThat(host.list())
                    .hasSize(3)
                    .allMatch(one -> one.version().trust() instanceof PluginTrust.SignedBy));
    assertThat(alarms.raised()).isEmpty();
  }

  @Test
  void anUnsignedZipInTheFolderMayBeForbidden() throws Exception {
    host.close();
    unsignedInFolder = false;
    host = newHost();
    PluginZip.greeter("hello", "1.0.0").build(dropped.resolve("a.zip"));
    host.start();

    assertThat(host.steps().all()).isEmpty();
    assertThat(alarms.raised().get("plugin-refused a.zip"))
        .contains("a.zip.sig", "segue plugins install");

    Files.writeString(dropped.resolve("a.zip.sig"), "good");
    await().untilAsserted(() -> assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0"));
  }

  @Test
  void aVersionThatFailsItsSelfTestNeverServes() throws Exception {
    host.start();
    host.install(PluginZip.greeter("hello", "1.0.0").build(temp.resolve("a.zip")), "ada");

    assertThatExceptionOfType(PluginRefusedException.class)
        .isThrownBy(() -> host.install(untested("1.1.0", temp.resolve("b.zip")), "ada"))
        .withMessageContaining("hello 1.1.0 failed its self-test")
        .withMessageContaining("the oven is cold");
    assertThat(host.list()).singleElement().matches(InstalledPlugin::loaded);
    assertThat(alarms.raised()).isEmpty();

    untested("1.2.0", dropped.resolve("c.zip"));
    await()
        .untilAsserted(
            () ->
                assertThat(alarms.raised().get("plugin-refused hello 1.2.0"))
                    .contains("the oven is cold"));
    assertThat(host.steps().pluginVersion(GREET)).contains("1.0.0");
  }

  private static Path untested(String version, Path file) {
    return PluginZip.of("hello", version, "cold.Cold")
        .source(
            "cold.Cold",
            """
            package cold;
            import dev.segue.sdk.*;
            public final class Cold implements SeguePlugin {
              @Override public void describe(Catalog catalog) { catalog.step(new Greet()); }
              @Override public void selfTest() {
                throw new IllegalStateException("the oven is cold");
              }
              @StepInfo(name = "greet", title = "Greet", effect = Effect.NONE)
              static final class Greet implements Step<Greet.Input, Greet.Output> {
                record Input(String name) {}
                record Output(String text, String version) {}
                @Override public Output run(Input input, StepContext context) {
                  return new Output("Hi", "");
                }
              }
            }
            """)
        .build(file);
  }

  @Test
  void aReplacedVersionStaysLoadedWhileItIsLeased() throws Exception {
    host.start();
    host.install(PluginZip.greeter("hello", "1.0.0").build(temp.resolve("a.zip")), "ada");
    List<String> overdue = new CopyOnWriteArrayList<>();
    host.listen(
        new PluginListener() {
          @Override
          public void served(Set<String> stepTypes) {}

          @Override
          public void drainOverdue(String pluginId, String version) {
            overdue.add(pluginId + " " + version);
          }
        });
    PluginLease lease = host.lease(GREET, null).orElseThrow();

    host.install(PluginZip.greeter("hello", "2.0.0").build(temp.resolve("b.zip")), "ada");

    StepBinding.Plain old = (StepBinding.Plain) lease.binding();
    assertThat(Class.forName("greet.GreetPlugin", true, old.plugin().classLoader())).isNotNull();
    assertThat(host.lease(GREET, null).orElseThrow().pluginVersion()).isEqualTo("2.0.0");
    await().untilAsserted(() -> assertThat(overdue).containsExactly("hello 1.0.0"));
    lease.close();
  }

  private static PluginListener listener(List<Set<String>> heard) {
    return new PluginListener() {
      @Override
      public void served(Set<String> stepTypes) {
        heard.add(stepTypes);
      }

      @Override
      public void drainOverdue(String pluginId, String version) {}
    };
  }
}
