package dev.segue.plugins.menumodels.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.XGBoost;

/** Tells the version of xgboost4j, which says so in a file of its own only. */
final class XgboostVersion {

  private static final String FILE = "/xgboost4j-version.properties";

  private XgboostVersion() {}

  static String find() {
    try (InputStream in = XGBoost.class.getResourceAsStream(FILE)) {
      if (in == null) {
        return "unknown";
      }
      String text = new String(in.readNBytes(1_000), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith("version="))
          .map(line -> line.substring("version=".length()).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
