package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.sdk.SeguePlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad zip gets one message that names the place and the mend, and leaves nothing behind. */
class BadZipTest {

  private static final ArchiveLimits SMALL = new ArchiveLimits(1 << 20, 40, 4 << 20, 50);

  @TempDir Path temp;
  private Path work;
  private PluginStaging staging;

  @BeforeEach
  void makeStaging() throws IOException {
    work = temp.resolve("work");
    staging = new PluginStaging(work, SMALL, SemanticVersion.of(1, 0, 0));
  }

  @Test
  void aGoodZipIsUnpacked() throws Exception {
    StagedPlugin staged = staging.stage(PluginZip.greeter("hello", "1.2.3").build(zip("good")));

    assertThat(staged.manifest().label()).isEqualTo("hello 1.2.3");
    assertThat(staged.sha256()).hasSize(64);
    assertThat(staged.folder().resolve("classes/greet/GreetPlugin.class")).exists();
  }

  @Test
  void corruptContent() throws IOException {
    Path zip = zip("corrupt");
    Files.writeString(zip, "this is no zip");
    assertRefused(zip, "'corrupt.zip'", "is no readable zip file", "Copy or download it again");
  }

  @Test
  void halfAZip() throws IOException {
    Path whole = PluginZip.greeter("hello", "1.0.0").build(zip("whole"));
    byte[] bytes = Files.readAllBytes(whole);
    Path zip = zip("half");
    try (OutputStream out = Files.newOutputStream(zip)) {
      out.write(bytes, 0, bytes.length / 2);
    }
    assertRefused(zip, "is no readable zip file", "compare its size");
  }

  @Test
  void aFlippedBit() throws IOException {
    Path zip = PluginZip.greeter("hello", "1.0.0").build(zip("flipped"));
    byte[] bytes = Files.readAllBytes(zip);
    bytes[120] ^= 0x10;
    Files.write(zip, bytes);
    assertRefused(zip, "is no readable zip file");
  }

  @Test
  void namesThatLeaveTheFolder() {
    for (String name : new String[] {"../evil.txt", "a/../../evil.txt", "/etc/evil", "C:/evil"}) {
      Path zip = PluginZip.greeter("hello", "1.0.0").entry(name, "x").build(zip("leaves"));
      assertRefused(zip, "points outside the plugin's own folder", name);
    }
    assertThat(temp.resolve("evil.txt")).doesNotExist();
  }

  @Test
  void anIdThatIsAPath() {
    assertRefused(
        PluginZip.greeter("../../x", "1.0.0").build(zip("id")),
        "Plugin-Id '../../x'",
        "2 to 40 lower-case letters");
  }

  @Test
  void aVersionThatIsNone() {
    assertRefused(
        PluginZip.greeter("hello", "1.0.0").descriptor("plugin.version", "banana").build(zip("v")),
        "Plugin-Version",
        "'banana' is no semantic version");
  }

  @Test
  void aPluginForANewerSdk() {
    assertRefused(
        PluginZip.greeter("hello", "1.0.0")
            .descriptor("plugin.requires", ">=2.0.0")
            .build(zip("n")),
        "works with the Segue SDK >=2.0.0",
        "this server offers 1.0.0");
  }

  @Test
  void noDescriptor() throws IOException {
    Path zip = zip("bare");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      add(out, "readme.txt", 0100644, "hello");
    }
    assertRefused(zip, "has neither a plugin.properties", "parent POM");
  }

  @Test
  void noPluginClass() {
    assertRefused(
        PluginZip.greeter("hello", "1.0.0").descriptor("plugin.class", null).build(zip("c")),
        "has no Plugin-Class");
  }

  @Test
  void aBundledSdkAmongTheClasses() throws IOException {
    assertRefused(
        PluginZip.greeter("hello", "1.0.0")
            .entry("classes/dev/segue/sdk/SeguePlugin.class", sdkClass())
            .build(zip("sdk")),
        "brings dev.segue.sdk.SeguePlugin with it",
        "'provided'");
  }

  @Test
  void aBundledSdkInAJar() throws IOException {
    Path jar = temp.resolve("lib.jar");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(jar)) {
      out.putArchiveEntry(new ZipArchiveEntry("dev/segue/sdk/SeguePlugin.class"));
      out.write(sdkClass());
      out.closeArchiveEntry();
    }
    assertRefused(
        PluginZip.greeter("hello", "1.0.0")
            .entry("lib/segue-sdk.jar", Files.readAllBytes(jar))
            .build(zip("jar")),
        "in lib/segue-sdk.jar",
        "the server provides it");
  }

  @Test
  void aClassForANewerJava() {
    byte[] newer = PluginZip.greeter("hello", "1.0.0").compile().get("greet.GreetPlugin");
    int java = Runtime.version().feature() + 1;
    newer[7] = (byte) (java + 44);
    assertRefused(
        PluginZip.greeter("hello", "1.0.0").entry("classes/other/New.class", newer).build(zip("j")),
        "classes",
        "other/New.class",
        "needs Java " + java,
        "--release");
  }

  @Test
  void aDescriptorWithControlCharacters() {
    for (String hidden : new String[] {"\\u001b[2J", "\\n2026 INFO forged", "\\u202etxt.exe"}) {
      assertRefused(
          PluginZip.greeter("hello", "1.0.0")
              .descriptor("plugin.provider", "Bakers" + hidden)
              .build(zip("hidden")),
          "'hidden.zip'",
          "has a control character in the Plugin-Provider",
          "Take it out");
    }
  }

  @Test
  void aLink() throws IOException {
    Path zip = zip("link");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      add(out, "classes/link", 0120777, "/etc/passwd");
    }
    assertRefused(zip, "'classes/link'", "is a link or a device");
  }

  @Test
  void twoEntriesOfOneName() throws IOException {
    Path zip = zip("twice");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      add(out, "plugin.properties", 0100644, "plugin.id=good");
      add(out, "Plugin.Properties", 0100644, "plugin.id=evil");
    }
    assertRefused(zip, "has two entries named 'Plugin.Properties'");
  }

  @Test
  void aBomb() {
    assertRefused(
        PluginZip.greeter("hello", "1.0.0").entry("zeros", new byte[3 << 20]).build(zip("bomb")),
        "'zeros'",
        "zip bomb");
  }

  @Test
  void tooMuchInAll() {
    PluginZip zip = PluginZip.greeter("hello", "1.0.0");
    for (int i = 0; i < 5; i++) {
      zip.entry("zeros" + i, new byte[1 << 20]);
    }
    assertRefused(zip.build(zip("much")), "unpacks to more than 4.0 MiB");
  }

  @Test
  void tooManyEntries() {
    PluginZip zip = PluginZip.greeter("hello", "1.0.0");
    for (int i = 0; i < 50; i++) {
      zip.entry("file" + i, "x");
    }
    assertRefused(zip.build(zip("many")), "at most 40 are allowed");
  }

  private void assertRefused(Path zip, String... words) {
    assertThatExceptionOfType(PluginRefusedException.class)
        .isThrownBy(() -> staging.stage(zip))
        .satisfies(
            refusal -> {
              assertThat(refusal.getMessage()).contains(words);
              assertThat(refusal.getMessage()).doesNotContain(temp.toString());
            });
    assertThat(work).isEmptyDirectory();
  }

  private Path zip(String name) {
    return temp.resolve(name + ".zip");
  }

  private static void add(ZipArchiveOutputStream out, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    out.putArchiveEntry(entry);
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeArchiveEntry();
  }

  private static byte[] sdkClass() throws IOException {
    try (InputStream in = SeguePlugin.class.getResourceAsStream("SeguePlugin.class")) {
      return in.readAllBytes();
    }
  }
}
