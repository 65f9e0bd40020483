package dev.segue.bpmn.engine.broker;

/** Where an {@link EmbeddedBroker} is in its life. */
public enum BrokerState {
  /** Its process starts for the first time. */
  STARTING,
  /** Every partition has a healthy leader. */
  READY,
  /** It ended by itself and is being started again. */
  RESTARTING,
  /** It has been told to stop. */
  STOPPING,
  /** It has stopped because it was told to. */
  STOPPED,
  /** It didn't start, or crashed too often; it isn't started again. */
  FAILED
}
