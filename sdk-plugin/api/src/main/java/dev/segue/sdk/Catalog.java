package dev.segue.sdk;

/**
 * Takes the registrations of one plugin while {@link SeguePlugin#describe} runs.
 *
 * <p>Not thread-safe; used on the calling thread only. When registrations break a rule, such as a
 * second step of the same name and major, the plugin is refused as a whole after {@code describe}
 * has returned, with all the reasons at once.
 */
public interface Catalog {

  /**
   * Offers a step.
   *
   * @param step an instance of a class annotated with {@link StepInfo}; used by many threads at
   *     once
   */
  void step(Step<?, ?> step);

  /**
   * Offers a change step, which the host serves as two step types: {@code NAME.plan} and {@code
   * NAME.apply}.
   *
   * @param step an instance of a class annotated with {@link StepInfo}; used by many threads at
   *     once
   */
  void step(ChangeStep<?, ?> step);

  /**
   * Offers a type of connection.
   *
   * @param type a record annotated with {@link ConnectionInfo}
   */
  void connection(Class<? extends ConnectionType> type);

  /**
   * Offers metric series that monitors can watch.
   *
   * @param source used by many threads at once
   */
  void metrics(MetricSource source);
}
