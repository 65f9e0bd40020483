package dev.segue.server.plugins;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.function.IntSupplier;

/**
 * Takes off the JDBC drivers of the class loader that defines this class. Public, and free of any
 * type but the JDK's, because it is defined anew in each plugin's loader.
 */
public final class DriverCleanup implements IntSupplier {

  /** Makes one; called by reflection. */
  public DriverCleanup() {}

  @Override
  public int getAsInt() {
    int count = 0;
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == DriverCleanup.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
          count++;
        } catch (SQLException e) {
          throw new IllegalStateException("could not take off " + driver, e);
        }
      }
    }
    return count;
  }
}
