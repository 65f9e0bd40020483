package dev.segue.runtime.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which licences a plugin's libraries say they are under. */
final class Licences {

  private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.xml");
  private static final Pattern NAME =
      Pattern.compile("<license>.*?<name>\\s*([^<]+?)\\s*</name>", Pattern.DOTALL);
  private static final Pattern TEXT =
      Pattern.compile("(?i)(META-INF/)?(LICEN[CS]E|COPYING)([-._].*)?");
  private static final int MOST_TEXT = 4_000;

  /** What a licence's text begins with, and its name among those of SPDX. */
  private static final Map<String, String> KNOWN = known();

  private Licences() {}

  /** Looks into the POM that Maven packs, then the manifest, then texts. */
  static LibraryLicence of(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      List<JarEntry> entries = Collections.list(jar.entries());
      for (JarEntry entry : entries) {
        if (POM.matcher(entry.getName()).matches()) {
          List<String> found = names(text(jar, entry, Integer.MAX_VALUE));
          if (!found.isEmpty()) {
            return new LibraryLicence(name, found, "pom.xml");
          }
        }
      }
      String bundle =
          jar.getManifest() == null
              ? null
              : jar.getManifest().getMainAttributes().getValue("Bundle-License");
      if (bundle != null && !bundle.isBlank()) {
        return new LibraryLicence(name, List.of(bundle.strip()), "MANIFEST.MF");
      }
      for (JarEntry entry : entries) {
        if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
          Optional<String> known = recognized(text(jar, entry, MOST_TEXT));
          if (known.isPresent()) {
            return new LibraryLicence(name, List.of(known.get()), entry.getName());
          }
        }
      }
    }
    return new LibraryLicence(name, List.of(), "");
  }

  private static List<String> names(String pom) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(pom);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Optional<String> recognized(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return KNOWN.entrySet().stream()
        .filter(licence -> plain.contains(licence.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Map<String, String> known() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("apache license version 2.0", "Apache-2.0");
    known.put("apache license, version 2.0", "Apache-2.0");
    known.put("mozilla public license version 2.0", "MPL-2.0");
    known.put("eclipse public license - v 2.0", "EPL-2.0");
    known.put("eclipse public license - v 1.0", "EPL-1.0");
    known.put("gnu affero general public license", "AGPL");
    known.put("gnu lesser general public license", "LGPL");
    known.put("gnu general public license", "GPL");
    known.put("permission is hereby granted, free of charge", "MIT");
    known.put("redistribution and use in source and binary forms", "BSD");
    return Collections.unmodifiableMap(known);
  }

  private static String text(JarFile jar, JarEntry entry, int most) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readNBytes(most), StandardCharsets.UTF_8);
    }
  }
}
