package dev.segue.runtime.check;

import dev.segue.runtime.PluginProblem;
import dev.segue.runtime.version.SdkVersion;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** What a plugin's POM says about it; becomes PF4J's descriptor in the manifest. */
record PluginFacts(
    String id,
    String version,
    String pluginClass,
    String provider,
    String requires,
    String license,
    String description) {

  /** Fills in what may be left out. */
  PluginFacts {
    if (requires.isEmpty()) {
      SemanticVersion sdk = SdkVersion.current();
      requires = "^" + SemanticVersion.of(sdk.major(), sdk.minor(), 0);
    }
  }

  List<PluginProblem> problems() {
    List<PluginProblem> problems = new ArrayList<>();
    if (!id.matches("[a-z0-9-]{2,40}")) {
      problems.add(
          new PluginProblem(
              "segue.plugin.id",
              "is '" + id + "'; set this property in the POM to a name of [a-z0-9-]{2,40}"));
    }
    if (!pluginClass.matches("[\\p{L}_$][\\p{L}\\p{N}_$.]*")) {
      problems.add(
          new PluginProblem(
              "segue.plugin.class",
              "is '"
                  + pluginClass
                  + "'; set this property in the POM to the name of the class that"
                  + " implements SeguePlugin"));
    }
    if (license.isEmpty()) {
      problems.add(
          new PluginProblem(
              "segue.plugin.license", "is not set; name the licence, such as Apache-2.0"));
    }
    checkVersions(problems);
    return problems;
  }

  private void checkVersions(List<PluginProblem> problems) {
    try {
      SemanticVersion.parse(version);
    } catch (IllegalArgumentException e) {
      problems.add(new PluginProblem("project.version", String.valueOf(e.getMessage())));
    }
    try {
      if (!VersionRange.parse(requires).contains(SdkVersion.current())) {
        problems.add(
            new PluginProblem(
                "segue.plugin.requires",
                "is '"
                    + requires
                    + "', which leaves out the SDK that the plugin is built with, "
                    + SdkVersion.current()));
      }
    } catch (IllegalArgumentException e) {
      problems.add(new PluginProblem("segue.plugin.requires", String.valueOf(e.getMessage())));
    }
  }

  Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Plugin-Id", id);
    main.putValue("Plugin-Version", version);
    main.putValue("Plugin-Class", pluginClass);
    main.putValue("Plugin-Provider", provider);
    main.putValue("Plugin-Requires", requires);
    main.putValue("Plugin-License", license);
    main.putValue("Plugin-Description", description.replaceAll("\\s+", " "));
    return manifest;
  }
}
