package dev.segue.practice.ads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One ad account: its campaigns, and every change ever made to them by its key. Each change is on
 * disk before it is answered. Thread-safe.
 */
final class Account {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final BigDecimal MOST_BUDGET = new BigDecimal("100000");

  private final @Nullable Path file;
  private final ObjectNode state;

  private Account(@Nullable Path file, ObjectNode state) {
    this.file = file;
    this.state = state;
  }

  /** An account that is forgotten with the process. */
  static Account inMemory(ObjectNode campaigns) {
    return new Account(null, fresh(campaigns));
  }

  /** An account in a file, begun with campaigns if the file isn't there yet. */
  static Account in(Path file, ObjectNode campaigns) throws IOException {
    return Files.exists(file)
        ? new Account(file, (ObjectNode) JSON.readTree(Files.readAllBytes(file)))
        : new Account(file, fresh(campaigns));
  }

  private static ObjectNode fresh(ObjectNode campaigns) {
    ObjectNode state = campaigns.deepCopy();
    state.putObject("changes");
    return state;
  }

  /** The campaigns as they are now. */
  synchronized ObjectNode campaigns() {
    ObjectNode view = state.deepCopy();
    view.remove("changes");
    return view;
  }

  /** What was made by a key, if anything. */
  synchronized Optional<JsonNode> change(String key) {
    return Optional.<JsonNode>ofNullable(state.path("changes").get(key)).map(JsonNode::deepCopy);
  }

  /**
   * Sets a value, if it is the expected one now.
   *
   * @param key makes repetitions harmless
   * @param wanted {@code target}, {@code id}, {@code expected} and {@code value}
   */
  synchronized Answer set(String key, JsonNode wanted) {
    ObjectNode changes = (ObjectNode) state.path("changes");
    JsonNode known = changes.get(key);
    if (known != null) {
      return known.path("wanted").equals(wanted)
          ? new Answer.Done(known.path("reference").asString())
          : new Answer.Refused("the key was used for another change");
    }
    String value = wanted.path("value").asString("");
    Optional<Place> place =
        place(wanted.path("target").asString(""), wanted.path("id").asString(""));
    if (place.isEmpty()) {
      return new Answer.Differs("it is no longer there");
    }
    Optional<String> problem = place.get().problem(value);
    if (problem.isPresent()) {
      return new Answer.Refused(problem.get());
    }
    String now = place.get().node().path(place.get().field()).asString("");
    if (!now.equals(wanted.path("expected").asString(""))) {
      return new Answer.Differs(now);
    }
    String reference = "change-" + (changes.size() + 1);
    place.get().node().put(place.get().field(), place.get().stored(value));
    changes.putObject(key).put("reference", reference).set("wanted", wanted.deepCopy());
    save();
    return new Answer.Done(reference);
  }

  /** How many changes were ever made. */
  synchronized int changeCount() {
    return state.path("changes").size();
  }

  /** The value of something now. */
  synchronized Optional<String> value(String target, String id) {
    return place(target, id).map(place -> place.node().path(place.field()).asString(""));
  }

  /** Alters something without a key, whatever it was before. */
  synchronized void override(String target, String id, String value) {
    Place place =
        place(target, id)
            .filter(found -> found.problem(value).isEmpty())
            .orElseThrow(
                () -> new IllegalArgumentException(target + " " + id + " can't be " + value));
    place.node().put(place.field(), place.stored(value));
    save();
  }

  /** A field that can be set. */
  private record Place(ObjectNode node, String field) {

    Optional<String> problem(String value) {
      return switch (field) {
        case "dailyBudget" ->
            isAmount(value) ? Optional.empty() : Optional.of("a budget is 0.00 to 100000.00");
        case "status" ->
            Set.of("active", "paused").contains(value)
                ? Optional.empty()
                : Optional.of("a status is active or paused");
        default ->
            value.matches("1?\\d{1,2}|200")
                ? Optional.empty()
                : Optional.of("a reach is 0 to 200 percent");
      };
    }

    private static boolean isAmount(String value) {
      return value.matches("\\d{1,7}(\\.\\d{1,2})?")
          && new BigDecimal(value).compareTo(MOST_BUDGET) <= 0;
    }

    String stored(String value) {
      return field.equals("dailyBudget")
          ? new BigDecimal(value).setScale(2, RoundingMode.UNNECESSARY).toPlainString()
          : value;
    }
  }

  private Optional<Place> place(String target, String id) {
    String[] parts = id.split("/", 2);
    for (JsonNode campaign : state.path("campaigns")) {
      if (target.equals("campaign-budget") && campaign.path("id").asString().equals(id)) {
        return Optional.of(new Place((ObjectNode) campaign, "dailyBudget"));
      }
      for (JsonNode adSet : campaign.path("adSets")) {
        if (parts.length == 2 && adSet.path("id").asString().equals(parts[0])) {
          Optional<Place> part =
              switch (target) {
                case "variant-status" -> named(adSet.path("variants"), parts[1], "status");
                case "segment-reach" -> named(adSet.path("segments"), parts[1], "reach");
                default -> Optional.empty();
              };
          if (part.isPresent()) {
            return part;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Place> named(JsonNode list, String name, String field) {
    return list.valueStream()
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .map(one -> new Place((ObjectNode) one, field));
  }

  private void save() {
    if (file == null) {
      return;
    }
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
