package dev.segue.sdk;

import java.util.List;
import java.util.Map;

/**
 * Serves the choices of a field at edit time, such as the accounts behind a connection. An
 * implementation has a public constructor without parameters and is thread-safe.
 */
public interface ChoiceSource {

  /**
   * Lists the choices.
   *
   * @param filledIn what the person has filled in so far, by component name; JSON-like values
   * @param context read-only
   * @return at most 1,000 choices
   * @throws Exception if the choices could not be fetched; the editor shows why and takes any text
   */
  List<Choice> choices(Map<String, Object> filledIn, StepContext context) throws Exception;

  /**
   * One choice.
   *
   * @param value what is stored
   * @param label what people read
   */
  record Choice(String value, String label) {}

  /** Stands for: no source. */
  final class None implements ChoiceSource {
    /** Never called by the host. */
    public None() {}

    @Override
    public List<Choice> choices(Map<String, Object> filledIn, StepContext context) {
      return List.of();
    }
  }
}
