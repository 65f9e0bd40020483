package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.LineOutcome;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Imports the files of a folder. Lines are told apart by site, order and line number, so that
 * importing anything twice changes nothing.
 */
@StepInfo(
    name = "import-sales",
    title = "Import sales from files",
    description =
        "Reads the exports of a till from a folder and adds what is new to the sales. Files that"
            + " were imported before and haven't changed are passed over.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    timeout = "PT30M",
    icon = "import.svg",
    category = "Sales")
final class ImportSales implements Step<ImportSales.Input, ImportSales.Output> {

  record Input(
      @Field(title = "Folder") SalesFolder folder,
      @Field(
              title = "Files",
              help = "A name or pattern below the folder, such as *.csv or 2026/*.csv.gz.",
              minLength = 1,
              maxLength = 200,
              defaultValue = "*.{csv,csv.gz}")
          String files,
      @Field(
              title = "A file must be there",
              help = "Whether it is an error (SALES_FILE_MISSING) if no file matches.",
              defaultValue = "true")
          boolean fileNeeded,
      @Field(
              title = "Most rejected lines (%)",
              help = "A file with a greater share of unreadable lines is not imported at all.",
              min = 0,
              max = 100,
              defaultValue = "5")
          BigDecimal mostRejectedPercent,
      @Field(
              title = "Rehearsals know the sales from",
              help =
                  "IMPORT: from the import on. SALE: from the sale on, for a first load of past"
                      + " years.",
              defaultValue = "IMPORT")
          KnownFrom knownFrom) {}

  record Output(
      @Field(title = "Files imported", min = 0) int filesImported,
      @Field(title = "Files unchanged", min = 0) int filesUnchanged,
      @Field(title = "Readable lines", min = 0) long lines,
      @Field(title = "New lines", help = "0 in a simulation.", min = 0) long newLines,
      @Field(title = "Corrected lines", help = "0 in a simulation.", min = 0) long correctedLines,
      @Field(title = "Known lines", help = "0 in a simulation.", min = 0) long knownLines,
      @Field(title = "Rejected lines", min = 0) long rejectedLines,
      @Field(title = "Lines passed over", min = 0) long ignoredLines,
      @Field(title = "Files whose last line is incomplete", min = 0) int incompleteFiles,
      @Field(title = "New items", help = "Entered without a cost.", min = 0) int newItems,
      @Field(title = "First business day") Optional<LocalDate> firstDay,
      @Field(title = "Last business day") Optional<LocalDate> lastDay,
      @Field(title = "First rejected lines") List<RejectedSample> rejectedSamples) {}

  record RejectedSample(
      @Field(title = "File") String file,
      @Field(title = "Line", min = 1) long line,
      @Field(title = "Reason") String reason,
      @Field(title = "As it was read") String raw) {

    static RejectedSample of(String file, LineOutcome.Rejected rejected) {
      return new RejectedSample(file, rejected.number(), rejected.reason(), rejected.raw());
    }
  }

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    return new FolderImport(input, context, site(context)).run();
  }

  @Override
  public Output simulate(Input input, StepContext context) throws Exception {
    return new FolderImport(input, context, site(context)).rehearse();
  }

  private static Site site(StepContext context) {
    return context
        .site()
        .orElseThrow(
            () ->
                new StepError(
                    "SITE_NEEDED",
                    "Sales belong to a site, and this run has none. Start it for a site."));
  }
}
