package dev.segue.bpmn.engine.broker;

/**
 * Is told how the embedded broker is. Called on the broker's own threads, one call at a time; must
 * return at once and not call the broker back.
 */
@FunctionalInterface
public interface BrokerListener {

  /** Listens to nothing. */
  BrokerListener NONE = (state, detail) -> {};

  /**
   * The broker is in this state: it has changed, or there is progress within it.
   *
   * @param detail one line for people, such as what a start waits for or why the broker failed
   */
  void onState(BrokerState state, String detail);
}
