package dev.segue.server.policies;

import dev.segue.server.http.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;

/** What speaks against the level that a policy has. */
final class Evidence {

  private static final String DECIDED =
      """
      select count(*) filter (where person),
        count(*) filter (where person and approved and not undone),
        count(*) filter (where not person and undone)
      from (
        select d.by_kind = 'person' as person, d.outcome = 'approved' as approved,
          exists (select 1 from segue.change_set u where u.undoes = s.set_id
            and u.state not in ('planned', 'rejected', 'superseded', 'stale')) as undone
        from segue.decision d
        join segue.change_set s on s.set_id = d.set_id
        join history.run r on r.process_instance_key = s.process_instance_key
        where d.state = 'final' and s.undoes is null and d.settled_at >= ?::timestamptz and\
      """
          + PolicyRows.GOVERNED
          + ") as decided";

  private static final String MEASURED =
      """
      select v.value::text
      from history.run r
      join history.variable v on v.scope_key = r.process_instance_key and v.name = ?
      where r.ended_at >= ?::timestamptz and exists (select 1 from segue.change_set s
        where s.process_instance_key = r.process_instance_key
          and s.state in ('applied', 'partial') and\
      """
          + PolicyRows.GOVERNED
          + ") order by r.ended_at desc limit 100";

  /** Why a policy falls back now; empty if it doesn't. */
  Optional<String> against(DSLContext tx, Policy policy, Instant now) {
    return approvals(tx, policy, now).or(() -> effect(tx, policy));
  }

  private Optional<String> approvals(DSLContext tx, Policy policy, Instant now) {
    Fallback fallback = policy.fallback();
    ZonedDateTime begin = fallback.begin(now.atZone(ZoneOffset.UTC));
    Instant from =
        begin.toInstant().isAfter(policy.evidenceFrom())
            ? begin.toInstant()
            : policy.evidenceFrom();
    Record row =
        tx.fetchSingle(
            DECIDED, from.toString(), policy.workflowId(), policy.changes(), policy.changes());
    int undone = row.get(2, Integer.class);
    int all = row.get(0, Integer.class) + undone;
    int good = row.get(1, Integer.class);
    if (all < fallback.decisionsOrDefault()) {
      return Optional.empty();
    }
    BigDecimal rate =
        BigDecimal.valueOf(good).divide(BigDecimal.valueOf(all), 4, RoundingMode.DOWN);
    return rate.compareTo(fallback.rateOrDefault()) < 0
        ? Optional.of(
            "Of %d decisions since %s, %d were approvals that held; the policy asks for a share of %s."
                .formatted(all, from, good, fallback.rateOrDefault().toPlainString()))
        : Optional.empty();
  }

  private Optional<String> effect(DSLContext tx, Policy policy) {
    Fallback.Effect effect = policy.fallback().effect();
    if (effect == null) {
      return Optional.empty();
    }
    String[] path = effect.variable().split("\\.", 2);
    List<BigDecimal> measured = new ArrayList<>();
    for (Record row :
        tx.fetch(
            MEASURED,
            path[0],
            policy.evidenceFrom().toString(),
            policy.workflowId(),
            policy.changes(),
            policy.changes())) {
      if (measured.size() < effect.runsOrDefault()) {
        number(at(row.get(0, String.class), path.length == 1 ? "" : path[1]))
            .ifPresent(measured::add);
      }
    }
    if (measured.size() < effect.runsOrDefault()) {
      return Optional.empty();
    }
    BigDecimal mean =
        measured.stream()
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(measured.size()), 6, RoundingMode.HALF_UP);
    return mean.compareTo(effect.atLeast()) < 0
        ? Optional.of(
            "The mean of %s over the latest %d runs is %s; the policy asks for at least %s."
                .formatted(
                    effect.variable(),
                    measured.size(),
                    mean.stripTrailingZeros().toPlainString(),
                    effect.atLeast().toPlainString()))
        : Optional.empty();
  }

  /** Results of steps carry decimals as numbers or, exactly, as texts. */
  private static Optional<BigDecimal> number(JsonNode node) {
    if (node.isNumber()) {
      return Optional.of(node.decimalValue());
    }
    try {
      return node.isString() ? Optional.of(new BigDecimal(node.asString())) : Optional.empty();
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static JsonNode at(String json, String path) {
    JsonNode node = Json.parse(json);
    for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
      node = node.path(step);
    }
    return node;
  }
}
