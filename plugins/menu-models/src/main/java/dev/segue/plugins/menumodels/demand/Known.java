package dev.segue.plugins.menumodels.demand;

/** When a feature's value is known. */
public enum Known {
  /** At any time: it follows from the calendar. */
  ALWAYS,
  /** When the day is over from which the forecast is made. */
  AT_ORIGIN,
  /** From the day it was announced or forecast; a later word is not seen. */
  FROM_ANNOUNCEMENT
}
