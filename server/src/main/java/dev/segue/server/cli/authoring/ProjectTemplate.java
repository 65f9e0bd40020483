package dev.segue.server.cli.authoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The project of the Maven archetype, from the class path. Only what the archetype itself makes use
 * of is understood: named files, {@code ${property}} in texts, and {@code __property__} in names.
 */
final class ProjectTemplate {

  private static final String METADATA = "/META-INF/maven/archetype-metadata.xml";
  private static final String FILES = "/archetype-resources/";

  private final Element metadata;

  ProjectTemplate() {
    try (InputStream in = resource(METADATA)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      metadata = factory.newDocumentBuilder().parse(in).getDocumentElement();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(METADATA + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The version of the SDK that a project uses unless told otherwise. */
  String segueVersion() {
    NodeList properties = metadata.getElementsByTagName("requiredProperty");
    for (int i = 0; i < properties.getLength(); i++) {
      Element property = (Element) properties.item(i);
      if (property.getAttribute("key").equals("segueVersion")) {
        return text(property, "defaultValue");
      }
    }
    throw new IllegalStateException(METADATA + " names no segueVersion");
  }

  /**
   * The project's files.
   *
   * @param properties what is filled in
   * @return contents by their path below the project's folder, with {@code /} between names
   */
  Map<String, String> files(Map<String, String> properties) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", filled(content("pom.xml"), "${", "}", properties));
    NodeList sets = metadata.getElementsByTagName("fileSet");
    for (int i = 0; i < sets.getLength(); i++) {
      add((Element) sets.item(i), properties, files);
    }
    return files;
  }

  private static void add(Element set, Map<String, String> properties, Map<String, String> files) {
    String directory = text(set, "directory");
    String source = directory.isEmpty() ? "" : directory + "/";
    String target = source;
    if (set.getAttribute("packaged").equals("true")) {
      target += properties.getOrDefault("package", "").replace('.', '/') + "/";
    }
    NodeList includes = set.getElementsByTagName("include");
    for (int i = 0; i < includes.getLength(); i++) {
      String name = includes.item(i).getTextContent().strip();
      String content = content(source + name);
      if (set.getAttribute("filtered").equals("true")) {
        content = filled(content, "${", "}", properties);
      }
      files.put(target + filled(name, "__", "__", properties), content);
    }
  }

  private static String filled(
      String text, String before, String after, Map<String, String> properties) {
    String filled = text;
    for (Map.Entry<String, String> property : properties.entrySet()) {
      filled = filled.replace(before + property.getKey() + after, property.getValue());
    }
    return filled;
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent().strip();
  }

  private static String content(String path) {
    try (InputStream in = resource(FILES + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String path) {
    InputStream in = ProjectTemplate.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(
          path + " of segue-plugin-archetype is not on the class path; build Segue anew");
    }
    return in;
  }
}
