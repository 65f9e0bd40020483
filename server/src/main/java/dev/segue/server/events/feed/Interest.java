package dev.segue.server.events.feed;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a client gets: those that it asked for and may see.
 *
 * @param topics never empty
 * @param run only what concerns that run or what it called; null for whichever
 * @param workflow only what concerns that workflow; null for whichever
 * @param site only what concerns that site; null for whichever
 * @param sites the sites whose events may be seen, besides those of no site; null for all
 */
record Interest(
    Set<Topic> topics,
    @Nullable String run,
    @Nullable String workflow,
    @Nullable String site,
    @Nullable Set<String> sites) {

  Interest {
    topics = topics.isEmpty() ? EnumSet.allOf(Topic.class) : EnumSet.copyOf(topics);
    sites = sites == null ? null : Set.copyOf(sites);
  }

  boolean covers(LiveEvent event) {
    return topics.contains(event.topic())
        && (run == null || run.equals(event.run()) || run.equals(event.root()))
        && (workflow == null || workflow.equals(event.workflow()))
        && (site == null || site.equals(event.site()))
        && (sites == null || event.site() == null || sites.contains(event.site()));
  }
}
