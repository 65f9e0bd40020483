package dev.segue.server.triggers.schedules;

import dev.segue.sdk.Site;
import java.util.List;
import java.util.Optional;

/** What schedules need to know of sites. Thread-safe. */
public interface Places {

  /** All sites. */
  List<Site> all();

  /** The site of that id. */
  Optional<Site> find(String id);

  /** The ids of a group's sites; empty if there is no such group. */
  Optional<List<String>> ofGroup(String group);
}
