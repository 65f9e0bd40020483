package dev.segue.plugins.menumodels.store;

import dev.segue.plugins.menumodels.demand.Accuracy;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.plugins.menumodels.store.RegisteredModel.Interval;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The plugin's own tables of trained models. */
public final class ModelRegister {

  private final DataSource database;

  /**
   * Opens the register.
   *
   * @param database finds the plugin's own schema first
   */
  public ModelRegister(DataSource database) {
    this.database = database;
  }

  /** Finds the model that a step has trained in an earlier attempt. */
  public Optional<RegisteredModel> trainedBy(String trainingKey) throws SQLException {
    return find("training_key = ?", trainingKey);
  }

  /** Finds the newest model of a site that beats the naive methods and was known at an instant. */
  public Optional<RegisteredModel> best(String siteId, Instant knownAt, int featureVersion)
      throws SQLException {
    return find(
        "site_id = ? and beats_naive and trained_at <= ? and feature_version = ?",
        siteId,
        knownAt.atOffset(ZoneOffset.UTC),
        featureVersion);
  }

  private Optional<RegisteredModel> find(String condition, Object... parameters)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select site_id, training_key, algorithm, artifact_sha256, feature_version,"
                    + " data_from, data_to, data_sha256, items, beats_naive, log_error_low,"
                    + " log_error_high, trained_at, model_id from demand_model where "
                    + condition
                    + " order by trained_at desc, model_id desc limit 1")) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(model(connection, row)) : Optional.empty();
      }
    }
  }

  private static RegisteredModel model(Connection connection, ResultSet row) throws SQLException {
    return new RegisteredModel(
        row.getString(1),
        row.getString(2),
        Algorithm.valueOf(row.getString(3)),
        row.getString(4),
        row.getInt(5),
        row.getObject(6, LocalDate.class),
        row.getObject(7, LocalDate.class),
        row.getString(8),
        row.getInt(9),
        row.getBoolean(10),
        intervals(row.getArray(11), row.getArray(12)),
        accuracies(connection, row.getLong(14)),
        row.getObject(13, OffsetDateTime.class).toInstant());
  }

  private static List<Interval> intervals(Array low, Array high) throws SQLException {
    Double[] lows = (Double[]) low.getArray();
    Double[] highs = (Double[]) high.getArray();
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < lows.length; i++) {
      intervals.add(new Interval(lows[i], highs[i]));
    }
    return intervals;
  }

  private static List<Accuracy> accuracies(Connection connection, long modelId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select method, horizon, wape, mase, bias, forecasts from demand_accuracy"
                + " where model_id = ? order by horizon, wape")) {
      select.setLong(1, modelId);
      List<Accuracy> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new Accuracy(
                  row.getString(1),
                  row.getInt(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getDouble(5),
                  row.getInt(6)));
        }
      }
      return found;
    }
  }

  /** Adds a model; one that the same step has added already stays as it is. */
  public void add(RegisteredModel model) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Optional<Long> id = insert(connection, model);
        if (id.isPresent()) {
          insert(connection, id.get(), model.accuracies());
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static Optional<Long> insert(Connection connection, RegisteredModel model)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into demand_model (site_id, training_key, algorithm, artifact_sha256,"
                + " feature_version, data_from, data_to, data_sha256, items, beats_naive,"
                + " log_error_low, log_error_high, trained_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (training_key) do nothing returning model_id")) {
      insert.setString(1, model.siteId());
      insert.setString(2, model.trainingKey());
      insert.setString(3, model.algorithm().name());
      insert.setString(4, model.sha256());
      insert.setInt(5, model.featureVersion());
      insert.setObject(6, model.dataFrom());
      insert.setObject(7, model.dataTo());
      insert.setString(8, model.dataSha256());
      insert.setInt(9, model.items());
      insert.setBoolean(10, model.beatsNaive());
      insert.setArray(
          11, array(connection, model.intervals().stream().map(Interval::low).toList()));
      insert.setArray(
          12, array(connection, model.intervals().stream().map(Interval::high).toList()));
      insert.setObject(13, model.trainedAt().atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  private static Array array(Connection connection, List<Double> values) throws SQLException {
    return connection.createArrayOf("float8", values.toArray());
  }

  private static void insert(Connection connection, long modelId, List<Accuracy> accuracies)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into demand_accuracy values (?, ?, ?, ?, ?, ?, ?)")) {
      for (Accuracy each : accuracies) {
        insert.setLong(1, modelId);
        insert.setString(2, each.method());
        insert.setInt(3, each.horizon());
        insert.setDouble(4, each.wape());
        insert.setDouble(5, each.mase());
        insert.setDouble(6, each.bias());
        insert.setInt(7, each.forecasts());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
