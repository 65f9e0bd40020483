package dev.segue.server.cli.nouns;

import dev.segue.server.cli.session.Session;
import java.time.Clock;
import java.util.List;

/** All commands on the API's resources. */
public final class Nouns {

  private Nouns() {}

  /** The command {@code keys} below {@code plugins}. */
  public static Object pluginKeys(Session session) {
    return new PluginKeysCommand(session);
  }

  /** The command {@code catalogues} below {@code plugins}. */
  public static Object pluginCatalogues(Session session) {
    return new PluginCataloguesCommand(session);
  }

  /** The command {@code sources} below {@code metrics}. */
  public static Object metricSources(Session session, Clock clock) {
    return new MetricSourcesCommand(session, clock);
  }

  /** The commands on webhooks and on events, below {@code triggers}. */
  public static List<Object> triggers(Session session) {
    return List.of(
        new WebhookCommand(session),
        new RotateSecretCommand(session),
        new TryTriggerCommand(session));
  }

  /**
   * Makes them.
   *
   * @param session what they work with
   * @param clock by which "two hours ago" is reckoned
   */
  public static List<Object> all(Session session, Clock clock) {
    return List.of(
        new DeployCommand(session),
        new RunCommand(session, clock),
        new RehearseCommand(session),
        new WorkflowsCommand(session),
        new RunsCommand(session, clock),
        new RehearsalsCommand(session),
        new IncidentsCommand(session),
        new ApprovalsCommand(session),
        new ChangesCommand(session),
        new PoliciesCommand(session, clock),
        new TriggersCommand(session),
        new PluginsCommand(session),
        new StepsCommand(session),
        new ConnectionsCommand(session),
        new SitesCommand(session),
        new ItemsCommand(session),
        new MetricsCommand(session, clock),
        new MonitorsCommand(session, clock),
        new ForecastsCommand(session),
        new PricesCommand(session),
        new PromotionsCommand(session),
        new MessagesCommand(session),
        new UsersCommand(session),
        new TokensCommand(session, clock),
        new AuditCommand(session, clock),
        new AlarmsCommand(session));
  }
}
