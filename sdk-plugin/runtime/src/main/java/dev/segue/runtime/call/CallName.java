package dev.segue.runtime.call;

/**
 * Says whose code is called for what.
 *
 * @param plugin the name of the plugin's class loader, such as {@code bakery@1.4.0}
 * @param purpose what is called, such as {@code bakery:count-loaves:1} or {@code close}
 */
public record CallName(String plugin, String purpose) {

  /**
   * Names a call by the loader of the plugin.
   *
   * @param loader the plugin's class loader
   * @param purpose what is called
   * @return the name
   */
  static CallName of(ClassLoader loader, String purpose) {
    String name = loader.getName();
    return new CallName(name == null ? "plugin" : name, purpose);
  }

  @Override
  public String toString() {
    return plugin + " " + purpose;
  }
}
