package dev.segue.sdk;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One intended effect outside Segue, in words that a business user reads and with the values that
 * the step needs to apply it.
 *
 * <p>Values in the maps are JSON-like: {@code String}, {@code BigDecimal}, {@code Integer}, {@code
 * Long}, {@code Boolean}, lists and string-keyed maps of these. {@code Float} and {@code Double}
 * are refused, because they do not survive a hash. Immutable.
 *
 * @param target what is altered
 * @param title the change in business words, such as {@code Raise Margherita from 9.50 to 9.90}
 * @param reason why, in business words; may be empty
 * @param effect what is expected of it, in business words; may be empty
 * @param before the fields as they are now; empty if something new is made
 * @param after the fields as they will be; empty if something is removed
 * @param editable names of fields in {@code after} that an approver may alter
 * @param amount what it costs or moves, or null if it has no amount; a cost is positive
 * @param expected the values that must still hold at apply, under the step's own names
 * @param undo how it can be taken back, in business words, or null if it cannot
 * @param validUntil when the change becomes stale, or null if it does not
 */
public record Change(
    ChangeTarget target,
    String title,
    String reason,
    String effect,
    Map<String, Object> before,
    Map<String, Object> after,
    Set<String> editable,
    @Nullable Money amount,
    Map<String, Object> expected,
    @Nullable String undo,
    @Nullable Instant validUntil) {

  /** Copies the collections and checks the values. */
  public Change {
    if (title.isBlank()) {
      throw new IllegalArgumentException("a change needs a title");
    }
    before = JsonLike.copy("before", before);
    after = JsonLike.copy("after", after);
    expected = JsonLike.copy("expected", expected);
    editable = Collections.unmodifiableSet(new LinkedHashSet<>(editable));
    for (String field : editable) {
      if (!after.containsKey(field)) {
        throw new IllegalArgumentException(
            "editable field '" + field + "' is not among the fields of 'after'");
      }
    }
  }

  /**
   * Starts a change.
   *
   * @param target what is altered
   * @param title the change in business words
   * @return a builder with everything else empty
   */
  public static Builder of(ChangeTarget target, String title) {
    return new Builder(target, title);
  }

  /**
   * Returns this change with other values after it.
   *
   * @param values replaces {@link #after} as a whole
   * @return the edited change
   */
  public Change withAfter(Map<String, Object> values) {
    return new Change(
        target,
        title,
        reason,
        effect,
        before,
        values,
        editable,
        amount,
        expected,
        undo,
        validUntil);
  }

  /** Collects the parts of a {@link Change}. Not thread-safe. */
  public static final class Builder {
    private final ChangeTarget target;
    private final String title;
    private String reason = "";
    private String effect = "";
    private final Map<String, Object> before = new LinkedHashMap<>();
    private final Map<String, Object> after = new LinkedHashMap<>();
    private final Set<String> editable = new LinkedHashSet<>();
    private @Nullable Money amount;
    private final Map<String, Object> expected = new LinkedHashMap<>();
    private @Nullable String undo;
    private @Nullable Instant validUntil;

    private Builder(ChangeTarget target, String title) {
      this.target = target;
      this.title = title;
    }

    /**
     * Says why, in business words.
     *
     * @param words a short sentence
     * @return this builder
     */
    public Builder reason(String words) {
      this.reason = words;
      return this;
    }

    /**
     * Says what is expected of the change, in business words.
     *
     * @param words a short sentence
     * @return this builder
     */
    public Builder effect(String words) {
      this.effect = words;
      return this;
    }

    /**
     * Adds a field as it is now.
     *
     * @param field its name, in words that people read
     * @param value a value of the kinds that a {@link Change} may hold
     * @return this builder
     */
    public Builder before(String field, Object value) {
      before.put(field, value);
      return this;
    }

    /**
     * Adds a field as it will be.
     *
     * @param field its name, in words that people read
     * @param value a value of the kinds that a {@link Change} may hold
     * @return this builder
     */
    public Builder after(String field, Object value) {
      after.put(field, value);
      return this;
    }

    /**
     * Adds a field as it will be, which an approver may alter.
     *
     * @param field its name, in words that people read
     * @param value a value of the kinds that a {@link Change} may hold
     * @return this builder
     */
    public Builder editableAfter(String field, Object value) {
      after.put(field, value);
      editable.add(field);
      return this;
    }

    /**
     * Says what the change costs or moves.
     *
     * @param value a cost is positive
     * @return this builder
     */
    public Builder amount(Money value) {
      this.amount = value;
      return this;
    }

    /**
     * Adds a value that must still hold at apply.
     *
     * @param name the step's own name for it
     * @param value a value of the kinds that a {@link Change} may hold
     * @return this builder
     */
    public Builder expected(String name, Object value) {
      expected.put(name, value);
      return this;
    }

    /**
     * Says how the change can be taken back.
     *
     * @param words a short sentence
     * @return this builder
     */
    public Builder undo(String words) {
      this.undo = words;
      return this;
    }

    /**
     * Says when the change becomes stale.
     *
     * @param instant the moment from which on it is not applied
     * @return this builder
     */
    public Builder validUntil(Instant instant) {
      this.validUntil = instant;
      return this;
    }

    /**
     * Makes the change.
     *
     * @return the change
     * @throws IllegalArgumentException if a value breaks a rule of {@link Change}
     */
    public Change build() {
      return new Change(
          target,
          title,
          reason,
          effect,
          before,
          after,
          editable,
          amount,
          expected,
          undo,
          validUntil);
    }
  }
}
