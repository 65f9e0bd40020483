package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.Layout;
import dev.segue.plugins.posfiles.layout.LineReader;
import dev.segue.plugins.posfiles.layout.SalesLine;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One run of the import over the files of a folder. Every file is read and judged before the first
 * is written, so that an unusable one stops the step with nothing imported.
 */
final class FolderImport {

  private static final long MOST_KEPT = 100_000;
  private static final long MOST_KEPT_OF_UNUSABLE = 10_000;
  private static final int SAMPLES = 10;

  private final ImportSales.Input input;
  private final StepContext context;
  private final Site site;
  private final Path root;
  private final Layout layout;
  private final String layoutHash;
  private final ImportLog log;
  private final Items items;
  private int unchanged;

  FolderImport(ImportSales.Input input, StepContext context, Site site) throws IOException {
    this.input = input;
    this.context = context;
    this.site = site;
    this.root = Path.of(input.folder().folder());
    this.layout = input.folder().layout();
    this.layoutHash = hash(layout.fingerprint());
    this.log = new ImportLog(context.data().dataSource(), site.id(), root.toString());
    this.items = new Items(context.data().dataSource(), site);
  }

  /** A file that has to be imported. */
  private record Pending(
      Path path, String name, BasicFileAttributes attributes, FileSurvey survey) {}

  ImportSales.Output run() throws IOException, SQLException {
    LineReader.Place place = place();
    ByteProgress progress = new ByteProgress(context, 4);
    List<Pending> pending = survey(place, progress);
    FileImport writer =
        new FileImport(context.data(), site, layout, place, input.knownFrom(), progress::advance);
    refuseUnusable(pending, writer);
    int newItems = items.register(itemsOf(pending), input.knownFrom());
    StepData.CopyResult total = new StepData.CopyResult(0, 0, 0);
    for (Pending file : pending) {
      progress.at("importing " + file.name());
      total = FileImport.sum(total, writer.write(file.path(), file.name(), file.survey()));
      keepRejected(file, writer, MOST_KEPT);
      log.save(file.name(), entry(file), file.survey().accepted(), file.survey().rejected());
    }
    return output(pending, total, newItems);
  }

  ImportSales.Output rehearse() throws IOException, SQLException {
    LineReader.Place place = place();
    List<Pending> pending = survey(place, new ByteProgress(context, 1));
    for (Pending file : pending) {
      unusable(file)
          .ifPresent(
              error -> {
                throw error;
              });
    }
    return output(pending, new StepData.CopyResult(0, 0, 0), 0);
  }

  private LineReader.Place place() throws SQLException {
    return new LineReader.Place(site.zone(), site.currency(), items.prices());
  }

  private List<Pending> survey(LineReader.Place place, ByteProgress progress)
      throws IOException, SQLException {
    List<Path> found = new FolderListing(root).find(input.files());
    if (found.isEmpty() && input.fileNeeded()) {
      throw new StepError(
          "SALES_FILE_MISSING",
          "No file in "
              + root
              + " matches '"
              + input.files()
              + "'. Check whether the till's export has arrived.");
    }
    for (Path path : found) {
      progress.expect(Files.size(path));
    }
    List<Pending> pending = new ArrayList<>();
    Path realRoot = found.isEmpty() ? root : root.toRealPath();
    for (Path path : found) {
      String name = realRoot.relativize(path).toString();
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (isImported(path, name, attributes)) {
        unchanged++;
        progress.skip(attributes.size());
        continue;
      }
      progress.at("reading " + name);
      FileSurvey survey = FileSurvey.of(path, name, layout, place, site, progress::advance);
      pending.add(new Pending(path, name, attributes, survey));
    }
    return pending;
  }

  private boolean isImported(Path path, String name, BasicFileAttributes attributes)
      throws IOException, SQLException {
    Optional<ImportLog.Entry> known = log.find(name);
    if (known.isEmpty()
        || !known.get().layout().equals(layoutHash)
        || known.get().size() != attributes.size()) {
      return false;
    }
    if (known.get().isSurely(attributes)) {
      return true;
    }
    if (!known.get().sha256().equals(SalesFile.sha256(path, bytes -> {}))) {
      return false;
    }
    if (!context.simulated()) {
      log.touch(name, attributes.lastModifiedTime().toInstant(), context.now());
    }
    return true;
  }

  /** The rejected lines of an unusable file are kept all the same: they say what to mend. */
  private void refuseUnusable(List<Pending> pending, FileImport writer)
      throws IOException, SQLException {
    for (Pending file : pending) {
      Optional<StepError> error = unusable(file);
      if (error.isPresent()) {
        keepRejected(file, writer, MOST_KEPT_OF_UNUSABLE);
        throw error.get();
      }
    }
  }

  private Optional<StepError> unusable(Pending file) {
    FileSurvey survey = file.survey();
    if (survey.rejectedPercent().compareTo(input.mostRejectedPercent()) <= 0) {
      return Optional.empty();
    }
    String example =
        survey.samples().stream()
            .findFirst()
            .map(line -> " For example line " + line.number() + ": " + line.reason() + ".")
            .orElse("");
    return Optional.of(
        new StepError(
            "SALES_FILE_UNUSABLE",
            "Of the file "
                + file.name()
                + " "
                + survey.rejected()
                + " of "
                + (survey.accepted() + survey.rejected())
                + " lines ("
                + survey.rejectedPercent().toPlainString()
                + " %) cannot be read, and at most "
                + input.mostRejectedPercent().toPlainString()
                + " % are allowed. Nothing was imported."
                + example));
  }

  private void keepRejected(Pending file, FileImport writer, long most)
      throws IOException, SQLException {
    log.forgetRejected(file.name());
    if (file.survey().rejected() > 0) {
      writer.keepRejected(
          file.path(), file.name(), root.toString(), file.survey(), context.now(), most);
    }
  }

  private static Collection<SalesLine> itemsOf(List<Pending> pending) {
    Map<String, SalesLine> all = new LinkedHashMap<>();
    pending.forEach(file -> file.survey().items().forEach(all::putIfAbsent));
    return all.values();
  }

  private ImportLog.Entry entry(Pending file) {
    return new ImportLog.Entry(
        file.attributes().size(),
        file.attributes().lastModifiedTime().toInstant(),
        file.survey().sha256(),
        layoutHash,
        context.now());
  }

  private ImportSales.Output output(
      List<Pending> pending, StepData.CopyResult copied, int newItems) {
    List<FileSurvey> surveys = pending.stream().map(Pending::survey).toList();
    return new ImportSales.Output(
        pending.size(),
        unchanged,
        surveys.stream().mapToLong(FileSurvey::accepted).sum(),
        copied.inserted(),
        copied.updated(),
        copied.unchanged(),
        surveys.stream().mapToLong(FileSurvey::rejected).sum(),
        surveys.stream().mapToLong(FileSurvey::ignored).sum(),
        (int) surveys.stream().filter(FileSurvey::incomplete).count(),
        newItems,
        surveys.stream().map(FileSurvey::first).filter(Objects::nonNull).min(LocalDate::compareTo),
        surveys.stream().map(FileSurvey::last).filter(Objects::nonNull).max(LocalDate::compareTo),
        pending.stream()
            .flatMap(
                file ->
                    file.survey().samples().stream()
                        .map(line -> ImportSales.RejectedSample.of(file.name(), line)))
            .limit(SAMPLES)
            .toList());
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
