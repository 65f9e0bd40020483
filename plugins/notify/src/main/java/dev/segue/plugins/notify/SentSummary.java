package dev.segue.plugins.notify;

import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.Field;
import java.util.List;

/**
 * How many messages went out.
 *
 * @param sent messages that the server took
 * @param refused messages that it refused
 * @param refusals the first reasons
 */
record SentSummary(
    @Field(title = "Messages sent", min = 0) int sent,
    @Field(title = "Messages refused", min = 0) int refused,
    @Field(title = "Why messages were refused", help = "The first 20.") List<String> refusals) {

  static SentSummary of(List<ChangeResult> outcomes) {
    List<String> refusals =
        outcomes.stream()
            .map(ChangeResult::outcome)
            .filter(outcome -> !(outcome instanceof ChangeOutcome.Applied))
            .map(SentSummary::reason)
            .toList();
    return new SentSummary(
        outcomes.size() - refusals.size(), refusals.size(), refusals.stream().limit(20).toList());
  }

  private static String reason(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Applied applied -> "";
      case ChangeOutcome.Refused refused -> refused.reason();
      case ChangeOutcome.Stale stale -> stale.found();
    };
  }
}
