package dev.segue.server.plugins;

import dev.segue.runtime.version.VersionRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the zips of this machine together with what all servers know of the plugin versions: says
 * which ones may be loaded, and why others may not.
 */
final class InstalledVersions {

  static final String REFUSED_ALARM = "plugin-refused";
  static final String QUARANTINE_ALARM = "plugin-quarantined";
  static final String UNKNOWN_VERSION = "unknown";

  /** Why a version is gone whose zip was deleted from a folder; the same zip may come back. */
  private static final String TAKEN_OUT = "Its zip was taken out of the plugins folder.";

  private static final Logger LOG = LoggerFactory.getLogger(InstalledVersions.class);

  private final PluginVersionStore store;
  private final PluginAlarms alarms;
  private final FolderTrust trust;
  private final InstantSource clock;

  /** Refusals that stand, by the subject of their alarm; renewed by each sync. */
  private Map<String, String> refusals = new HashMap<>();

  private boolean first = true;

  /** What lay in the home folder at the last look, by content. */
  private Set<String> dropped = Set.of();

  /** Content that failed to load: not tried again by this process. */
  private final Set<String> failedContent = new HashSet<>();

  InstalledVersions(
      PluginVersionStore store, PluginAlarms alarms, FolderTrust trust, InstantSource clock) {
    this.store = store;
    this.alarms = alarms;
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * Enters what is new, and tells what may be loaded.
   *
   * @return the enabled versions that are here, the newest of each plugin first
   */
  List<StagedPlugin> sync(List<FoundPlugin> found) {
    Map<String, PluginVersionRow> rows = rows();
    takeOut(found, rows);
    Map<String, StagedPlugin> usable = new LinkedHashMap<>();
    Map<String, String> refusedNow = new HashMap<>();
    for (FoundPlugin one : found) {
      if (one.staged() == null) {
        enterRefusal(one, rows, refusedNow);
      } else if (!usable.containsKey(key(one.staged().manifest()))) {
        enter(one, one.staged(), rows, refusedNow)
            .ifPresent(staged -> usable.put(key(staged.manifest()), staged));
      }
    }
    mended(found, refusedNow);
    return usable.values().stream()
        .filter(staged -> !failedContent.contains(staged.sha256()))
        .sorted(
            Comparator.comparing((StagedPlugin staged) -> staged.manifest().id())
                .thenComparing(staged -> staged.manifest().version(), Comparator.reverseOrder()))
        .toList();
  }

  /** What was dropped in the home folder and is gone from there is removed, on all servers. */
  private void takeOut(List<FoundPlugin> found, Map<String, PluginVersionRow> rows) {
    Set<String> now = new HashSet<>();
    for (FoundPlugin one : found) {
      if (one.source() == PluginSource.FOLDER && one.staged() != null) {
        now.add(one.staged().sha256());
      }
    }
    for (PluginVersionRow row : List.copyOf(rows.values())) {
      if (row.source() == PluginSource.FOLDER
          && row.state() == PluginState.ENABLED
          && dropped.contains(row.sha256())
          && !now.contains(row.sha256())) {
        PluginVersionRow gone = row.with(PluginState.REMOVED, TAKEN_OUT);
        store.save(gone);
        rows.put(row.pluginId() + "@" + row.version(), gone);
      }
    }
    dropped = now;
  }

  /** Alarms may be left from before the start, about zips that are good by now. */
  private void mended(List<FoundPlugin> found, Map<String, String> refusedNow) {
    Set<String> suspects = new HashSet<>(refusals.keySet());
    if (first) {
      found.forEach(one -> suspects.add(one.fileName()));
      first = false;
    }
    suspects.removeAll(refusedNow.keySet());
    suspects.forEach(subject -> alarms.clear(REFUSED_ALARM, subject));
    refusals = refusedNow;
  }

  private Optional<StagedPlugin> enter(
      FoundPlugin found,
      StagedPlugin staged,
      Map<String, PluginVersionRow> rows,
      Map<String, String> refusedNow) {
    PluginVersionRow row = rows.get(key(staged.manifest()));
    if (found.source() == PluginSource.UPLOAD) {
      return row != null && row.sha256().equals(staged.sha256()) && mayServe(row)
          ? Optional.of(staged)
          : Optional.empty();
    }
    try {
      return enter(found, staged, row, refusedNow);
    } catch (PluginRefusedException e) {
      refuse(found.fileName(), String.valueOf(e.getMessage()), refusedNow);
      return Optional.empty();
    }
  }

  private Optional<StagedPlugin> enter(
      FoundPlugin found,
      StagedPlugin staged,
      @Nullable PluginVersionRow row,
      Map<String, String> refusedNow)
      throws PluginRefusedException {
    if (row == null) {
      store.save(newRow(found, staged));
      return Optional.of(staged);
    }
    boolean same = row.sha256().equals(staged.sha256());
    if (!same && !mayReplace(found, staged, row)) {
      String message =
          "The plugin '%s' is another build of %s, which is installed already. Give it a new version."
              .formatted(found.fileName(), staged.manifest().label());
      refuse(found.fileName(), message, refusedNow);
      return Optional.empty();
    }
    if (!same) {
      PluginVersionRow replaced = newRow(found, staged);
      store.save(
          row.state() == PluginState.DISABLED ? replaced.with(PluginState.DISABLED, "") : replaced);
    }
    if (same && row.trust() instanceof PluginTrust.AllowedBy && FolderTrust.isSigned(found)) {
      // The signature came after the zip.
      row = signedLate(found, staged, row, refusedNow);
    }
    if (same && row.message().equals(TAKEN_OUT) && found.source() == PluginSource.FOLDER) {
      store.save(row.with(PluginState.ENABLED, ""));
      return Optional.of(staged);
    }
    return switch (row.state()) {
      case ENABLED, REFUSED -> Optional.of(staged);
      case DISABLED, ROLLED_BACK, QUARANTINED -> Optional.empty();
      case REMOVED -> same ? Optional.empty() : Optional.of(staged);
    };
  }

  /** A bad signature beside what serves already is told; it was allowed without one. */
  private PluginVersionRow signedLate(
      FoundPlugin found,
      StagedPlugin staged,
      PluginVersionRow row,
      Map<String, String> refusedNow) {
    try {
      PluginVersionRow signed = row.trusted(trust.decide(found, staged));
      store.save(signed);
      return signed;
    } catch (PluginRefusedException e) {
      refuse(found.fileName(), String.valueOf(e.getMessage()), refusedNow);
      return row;
    }
  }

  private static boolean mayServe(PluginVersionRow row) {
    return row.state() == PluginState.ENABLED || row.state() == PluginState.REFUSED;
  }

  /** What came with Segue and what isn't released yet may change under its version. */
  private static boolean mayReplace(FoundPlugin found, StagedPlugin staged, PluginVersionRow row) {
    return found.source() == PluginSource.DISTRIBUTION
        || !staged.manifest().version().isRelease()
        || row.state() == PluginState.REMOVED
        || row.state() == PluginState.REFUSED;
  }

  private void enterRefusal(
      FoundPlugin found, Map<String, PluginVersionRow> rows, Map<String, String> refusedNow) {
    String message =
        found.refusal() == null ? "refused" : String.valueOf(found.refusal().getMessage());
    boolean news = refuse(found.fileName(), message, refusedNow);
    String key = found.fileName() + "@" + UNKNOWN_VERSION;
    PluginVersionRow known = rows.get(key);
    if (news || known == null || !known.message().equals(message)) {
      store.save(
          new PluginVersionRow(
              found.fileName(),
              UNKNOWN_VERSION,
              "",
              PluginState.REFUSED,
              found.source(),
              List.of(),
              "",
              "",
              message,
              new PluginTrust.Unrecorded(),
              clock.instant(),
              installer(found.source())));
    }
  }

  private boolean refuse(String subject, String message, Map<String, String> refusedNow) {
    refusedNow.put(subject, message);
    boolean news = !message.equals(refusals.get(subject));
    if (news) {
      LOG.warn("{}", message);
      alarms.raise(REFUSED_ALARM, subject, message);
    }
    return news;
  }

  /** Notes that a version can't be loaded; other servers may do better with it. */
  void failed(StagedPlugin staged, String message) {
    failedContent.add(staged.sha256());
    LOG.warn("{}", message);
    alarms.raise(REFUSED_ALARM, staged.manifest().label(), message);
    find(staged.manifest().id(), staged.manifest().version().toString())
        .ifPresent(row -> store.save(row.with(PluginState.REFUSED, message)));
  }

  /** Notes that a version was loaded, and what it serves. */
  void loaded(StagedPlugin staged, List<String> stepTypes) {
    alarms.clear(REFUSED_ALARM, staged.manifest().label());
    store.loaded(staged.manifest().id(), staged.manifest().version().toString(), stepTypes);
  }

  /** Enters an upload, which may bring back a version that was removed or disabled. */
  void installed(StagedPlugin staged, PluginTrust trusted, String by) {
    failedContent.remove(staged.sha256());
    store.save(row(staged, PluginSource.UPLOAD, trusted, by));
  }

  /** Finds the newest usable version that is older than one, if it was ever loaded. */
  Optional<PluginVersionRow> before(PluginManifest newer, List<StagedPlugin> usable) {
    return usable.stream()
        .map(StagedPlugin::manifest)
        .filter(other -> other.id().equals(newer.id()))
        .filter(other -> other.version().compareTo(newer.version()) < 0)
        .findFirst()
        .flatMap(older -> find(older.id(), older.version().toString()))
        .filter(row -> !row.stepTypes().isEmpty());
  }

  /** Whether an enabled version in a range serves a step type; one never loaded might. */
  boolean couldServe(String stepType, VersionRange range) {
    return store.list().stream()
        .filter(row -> row.state() == PluginState.ENABLED)
        .filter(row -> row.pluginId().equals(PluginPin.pluginOf(stepType)))
        .filter(row -> row.stepTypes().isEmpty() || row.stepTypes().contains(stepType))
        .anyMatch(row -> range.contains(row.semanticVersion()));
  }

  /** Changes what is to become of a version. */
  PluginVersionRow change(PluginVersionRow row, PluginState state) {
    failedContent.remove(row.sha256());
    alarms.clear(QUARANTINE_ALARM, row.pluginId() + " " + row.version());
    PluginVersionRow changed = row.with(state, "");
    store.save(changed);
    return changed;
  }

  /**
   * Takes a version out of service because of what it does, with alarm and audit entry.
   *
   * @param byHand whether a person does it, who may do it to versions that don't serve, too
   * @return false if it was in no such state any more
   */
  boolean quarantine(String id, String version, String reason, String by, boolean byHand) {
    return store.quarantine(id, version, reason, by, byHand);
  }

  Optional<PluginVersionRow> find(String id, String version) {
    return Optional.ofNullable(rows().get(id + "@" + version));
  }

  List<PluginVersionRow> list() {
    return store.list();
  }

  private Map<String, PluginVersionRow> rows() {
    Map<String, PluginVersionRow> rows = new HashMap<>();
    for (PluginVersionRow row : store.list()) {
      rows.put(row.pluginId() + "@" + row.version(), row);
    }
    return rows;
  }

  private PluginVersionRow newRow(FoundPlugin found, StagedPlugin staged)
      throws PluginRefusedException {
    return row(staged, found.source(), trust.decide(found, staged), installer(found.source()));
  }

  private PluginVersionRow row(
      StagedPlugin staged, PluginSource source, PluginTrust trusted, String by) {
    PluginManifest manifest = staged.manifest();
    return new PluginVersionRow(
        manifest.id(),
        manifest.version().toString(),
        staged.sha256(),
        PluginState.ENABLED,
        source,
        new ArrayList<>(),
        manifest.provider(),
        manifest.license(),
        "",
        trusted,
        clock.instant(),
        by);
  }

  private static String installer(PluginSource source) {
    return source == PluginSource.DISTRIBUTION ? "distribution" : "folder";
  }

  private static String key(PluginManifest manifest) {
    return manifest.id() + "@" + manifest.version();
  }
}
