package dev.segue.server.policies;

import dev.segue.sdk.Site;
import dev.segue.server.approvals.PolicyJudge;
import dev.segue.server.changes.ApplyRule;
import dev.segue.server.changes.ChangeSetState;
import dev.segue.server.changes.ChangeSets;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far changes may go without a person. Thread-safe. */
public final class Policies implements PolicyJudge, ApplyRule {

  private static final Logger LOG = LoggerFactory.getLogger(Policies.class);

  private final Ground ground;
  private final ChangeSets sets;
  private final PolicyRows rows = new PolicyRows();
  private final VerdictRows verdicts = new VerdictRows();
  private final PolicyEdits edits;

  /**
   * What policies stand on.
   *
   * @param sites finds a site by its id, for its business day
   */
  public record Ground(
      Database database,
      WorkflowLookup workflows,
      Function<String, Optional<Site>> sites,
      Audit audit,
      InstantSource clock) {}

  /** Reads the lists of changes from those sets. */
  public Policies(Ground ground, ChangeSets sets) {
    this.ground = ground;
    this.sets = sets;
    this.edits = new PolicyEdits(ground.database(), rows, ground.audit(), ground.clock());
  }

  /** The HTTP operations on policies. */
  public List<Operation> operations() {
    return new PolicyOperations(
            ground.database(),
            rows,
            edits,
            ground.workflows(),
            new PolicyPreview(ground.database(), sets, this::day))
        .operations();
  }

  /** Lets policies fall back against which decisions and measurements speak. */
  public void reconsider() {
    for (String policy : rows.mayFall(ground.database().jooq())) {
      try {
        reconsider(policy);
      } catch (RuntimeException e) {
        LOG.warn("The policy {} could not be reconsidered; it is tried again", policy, e);
      }
    }
  }

  private void reconsider(String policy) {
    Instant now = ground.clock().instant();
    ground
        .database()
        .inTransaction(
            tx -> rows.lock(tx, policy).ifPresent(one -> edits.reconsider(tx, one, now)));
  }

  @Override
  public Optional<Verdict> judge(DSLContext tx, Question question, UUID voteId) {
    if (verdicts.find(tx, question.userTaskKey()).isPresent()) {
      return Optional.empty();
    }
    Verdict verdict = verdict(tx, question, voteId);
    verdicts.insert(tx, question, verdict, ground.clock().instant());
    return Optional.of(verdict);
  }

  /** A list and the policy for it, locked. */
  private record Governed(StoredChangeSet set, @Nullable Policy policy) {

    String name() {
      return kind(set);
    }
  }

  private Verdict verdict(DSLContext tx, Question question, UUID voteId) {
    Instant now = ground.clock().instant();
    if (question.covered().stream().anyMatch(Policies::takesBack)) {
      return new Verdict(Outcome.NONE, "", "");
    }
    List<Governed> governed = governed(tx, question, now);
    if (governed.stream().allMatch(one -> one.policy() == null)) {
      return new Verdict(Outcome.NONE, "", "");
    }
    return suggestion(governed)
        .or(() -> withoutPolicy(tx, question, governed))
        .orElseGet(() -> withinLimits(tx, question, governed, voteId, now));
  }

  /**
   * The lists with their policies as they are now, locked in one order for all. None is
   * reconsidered before all are locked: one that falls holds the audit trail until the commit, for
   * which somebody may wait who has locked the next.
   */
  private List<Governed> governed(DSLContext tx, Question question, Instant now) {
    Map<UUID, String> ids = new LinkedHashMap<>();
    for (StoredChangeSet set : question.covered()) {
      rows.of(tx, question.workflowId(), kind(set))
          .ifPresent(policy -> ids.put(set.id(), policy.id()));
    }
    Map<String, Policy> locked = new HashMap<>();
    for (String id : new TreeSet<>(ids.values())) {
      rows.lock(tx, id).ifPresent(policy -> locked.put(id, policy));
    }
    locked.replaceAll((id, policy) -> edits.reconsider(tx, policy, now));
    return question.covered().stream()
        .map(set -> new Governed(set, locked.get(ids.getOrDefault(set.id(), ""))))
        .toList();
  }

  private static Optional<Verdict> suggestion(List<Governed> governed) {
    return governed.stream()
        .flatMap(one -> Optional.ofNullable(one.policy()).stream())
        .filter(policy -> policy.level() == Level.SUGGEST)
        .findFirst()
        .map(policy -> new Verdict(Outcome.SUGGESTION, "", onlySuggests(policy)));
  }

  private Optional<Verdict> withoutPolicy(
      DSLContext tx, Question question, List<Governed> governed) {
    Policy.Pause all = rows.pauseOfAll(tx);
    if (all != null) {
      return people("all policies are paused by %s".formatted(all.by()));
    }
    if (question.taken() != null) {
      return people(question.taken());
    }
    if (question.quorum() > 1) {
      return people("%d people must approve".formatted(question.quorum()));
    }
    if (!question.fields().isEmpty()) {
      return people("its form asks for %s".formatted(String.join(", ", question.fields())));
    }
    if (verdicts.leftToPeople(tx, question.covered())) {
      return people("people have been asked about these changes before");
    }
    for (Governed one : governed) {
      Policy policy = one.policy();
      if (policy == null) {
        return people("no policy speaks of %s".formatted(one.name()));
      }
      if (policy.pause() != null) {
        return people("the policy %s is paused by %s".formatted(policy.id(), policy.pause().by()));
      }
      if (policy.level() == Level.APPROVE) {
        return people("the policy %s asks a person".formatted(policy.id()));
      }
      if (one.set().supersedes() != null) {
        return people("%s has edited %s".formatted(one.set().createdBy(), one.set().title()));
      }
      if (one.set().state() != ChangeSetState.PLANNED) {
        return people("the list %s is %s already".formatted(one.set().title(), one.set().state()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Verdict> people(String reason) {
    return Optional.of(new Verdict(Outcome.PEOPLE, "", "Not automatic: " + reason + "."));
  }

  private Verdict withinLimits(
      DSLContext tx, Question question, List<Governed> governed, UUID voteId, Instant now) {
    LocalDate day = day(question.siteId(), now);
    List<PolicyRows.Use> uses = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Governed one : governed) {
      Policy policy = one.policy();
      if (policy == null) {
        throw new IllegalStateException("asked about " + one.name() + " without a policy");
      }
      Measured today =
          uses.stream()
              .filter(use -> use.policy().id().equals(policy.id()))
              .map(PolicyRows.Use::measured)
              .reduce(rows.used(tx, policy.id(), day), Measured::plus);
      LimitCheck.Result result =
          new LimitCheck(policy.limits())
              .check(sets.content(tx, one.set()).changes(), question.siteId(), today);
      switch (result) {
        case LimitCheck.Result.Beyond(String reason) -> {
          return people(
                  "%s (policy %s, version %d)".formatted(reason, policy.id(), policy.version()))
              .orElseThrow();
        }
        case LimitCheck.Result.Within(Measured measured, String figures) -> {
          uses.add(
              new PolicyRows.Use(
                  one.set().id(), question.userTaskKey(), policy, day, measured, voteId));
          words.add(
              "Within policy %s, version %d: %s."
                  .formatted(policy.id(), policy.version(), figures));
        }
      }
    }
    uses.forEach(use -> rows.use(tx, use));
    String by =
        uses.stream().map(use -> use.policy().actor()).distinct().collect(Collectors.joining(", "));
    return new Verdict(Outcome.APPROVED, by, String.join(" ", words));
  }

  @Override
  public Optional<String> barsApproval(
      DSLContext tx, String workflowId, Collection<StoredChangeSet> covered) {
    return covered.stream()
        .filter(set -> !takesBack(set))
        .flatMap(set -> rows.of(tx, workflowId, kind(set)).stream())
        .filter(policy -> policy.level() == Level.SUGGEST)
        .findFirst()
        .map(Policies::onlySuggests);
  }

  @Override
  public Optional<Verdict> said(DSLContext tx, long userTaskKey) {
    return verdicts.find(tx, userTaskKey).filter(said -> said.outcome() != Outcome.NONE);
  }

  @Override
  public Optional<String> refusal(DSLContext tx, StoredChangeSet set) {
    return tx.fetchOptional(
            "select bpmn_process_id from history.run where process_instance_key = ?",
            set.processInstanceKey())
        .filter(run -> !takesBack(set))
        .flatMap(run -> rows.of(tx, run.get(0, String.class), kind(set)))
        .flatMap(Policies::asksForApproval);
  }

  /** What is the matter of all changes would stop mails, too, so it must say so by its level. */
  private static Optional<String> asksForApproval(Policy policy) {
    if (policy.level() == Level.SUGGEST) {
      return Optional.of(onlySuggests(policy));
    }
    return policy.changes().equals(Policy.ALL)
        ? Optional.empty()
        : Optional.of(
            """
            The policy %s answers approvals of these changes, and the diagram asks for none \
            (segue.approval = none). Put an approval with the header segue.changes before this \
            step and deploy the workflow, or remove the policy (segue policies remove %s).\
            """
                .formatted(policy.id(), policy.id()));
  }

  private static String onlySuggests(Policy policy) {
    return """
        The policy %s only suggests these changes: they are not applied. Reject them to let the \
        run go on, or have an administrator raise the policy (segue policies put %s FILE).\
        """
        .formatted(policy.id(), policy.id());
  }

  private LocalDate day(@Nullable String siteId, Instant now) {
    return Optional.ofNullable(siteId)
        .flatMap(ground.sites())
        .map(site -> site.businessDate(now))
        .orElseGet(() -> now.atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** What takes changes back is a person's matter, whatever may be done forward. */
  private static boolean takesBack(StoredChangeSet set) {
    return set.undoes() != null;
  }

  /** The change step without its major. */
  static String kind(StoredChangeSet set) {
    return set.stepType().substring(0, set.stepType().lastIndexOf(':'));
  }
}
