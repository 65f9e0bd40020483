package dev.segue.server.events.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The latest events, by which clients resume. Not thread-safe. */
final class Recent {

  private final @Nullable LiveEvent[] slots;
  private final Map<String, Long> places = new HashMap<>();
  private long next;
  private long first;
  private String beforeFirst = "";

  /** Holds so many events at most. */
  Recent(int capacity) {
    this.slots = new LiveEvent[capacity];
    forget();
  }

  /** Forgets all: something was missed, so that nobody can resume from before. */
  void forget() {
    places.clear();
    first = next;
    beforeFirst = "start-" + UUID.randomUUID();
  }

  void add(LiveEvent event) {
    int slot = (int) (next % slots.length);
    if (next - first == slots.length) {
      LiveEvent oldest = slots[slot];
      if (oldest != null) {
        places.remove(oldest.id());
        beforeFirst = oldest.id();
      }
      first++;
    }
    slots[slot] = event;
    places.put(event.id(), next);
    next++;
  }

  /** The id from which a client that knows all so far will resume. */
  String lastId() {
    LiveEvent last = next == first ? null : slots[(int) ((next - 1) % slots.length)];
    return last == null ? beforeFirst : last.id();
  }

  /** What came after an event; empty if it isn't known any more. */
  Optional<List<LiveEvent>> since(String id) {
    Long place = places.get(id);
    if (place == null && !id.equals(beforeFirst)) {
      return Optional.empty();
    }
    List<LiveEvent> missed = new ArrayList<>();
    for (long at = place == null ? first : place + 1; at < next; at++) {
      LiveEvent event = slots[(int) (at % slots.length)];
      if (event != null) {
        missed.add(event);
      }
    }
    return Optional.of(missed);
  }
}
