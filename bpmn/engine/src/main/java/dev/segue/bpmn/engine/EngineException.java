package dev.segue.bpmn.engine;

import org.jspecify.annotations.Nullable;

/** A command that the engine refused, or whose answer never came. */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What sort of failure it is, for callers that act on it. */
  public enum Kind {
    /** The thing that the command names doesn't exist, or doesn't any more. */
    NOT_FOUND,
    /** The input or the model is wrong; the same command fails again. */
    INVALID,
    /** It exists already, or is in a state that doesn't allow the command. */
    CONFLICT,
    /** The engine is away, restarting, or pushes back; the command may do better later. */
    UNAVAILABLE,
    /** The payload exceeds what the engine takes. */
    TOO_LARGE,
    /** The engine doesn't accept our credentials for this. */
    DENIED,
    /** A fault of the engine or of its adapter. */
    INTERNAL
  }

  private final Kind kind;
  private final boolean uncertain;

  /** Creates a failure of a command that certainly didn't run. */
  public EngineException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, false, cause);
  }

  /** Creates a failure; see {@link #uncertain()}. */
  public EngineException(Kind kind, String message, boolean uncertain, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.uncertain = uncertain;
  }

  /** What sort of failure it is. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether the command, or an earlier attempt of it, may have run all the same. With {@link
   * Kind#UNAVAILABLE} its answer was lost; with {@link Kind#NOT_FOUND} or {@link Kind#CONFLICT} an
   * earlier attempt lost its answer and may be the reason for the refusal.
   */
  public boolean uncertain() {
    return uncertain;
  }
}
