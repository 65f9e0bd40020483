package dev.segue.plugins.adsfiles;

import dev.segue.plugins.adsfiles.export.ExportFile;
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

/** Imports the exports of a folder; importing anything twice changes nothing. */
@StepInfo(
    name = "import-ads",
    title = "Import ad results from files",
    description =
        "Reads an ad account's exports from a folder and adds the daily results of campaigns, ad"
            + " sets, variants and segments. Later exports correct earlier ones.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    timeout = "PT15M",
    icon = "import.svg",
    category = "Campaigns")
final class ImportAds implements Step<ImportAds.Input, ImportAds.Output> {

  record Input(
      @Field(title = "Folder") AdsFolder folder,
      @Field(
              title = "Files",
              help = "A name or pattern in the folder.",
              minLength = 1,
              maxLength = 200,
              defaultValue = "*.{csv,csv.gz,tsv}")
          String files,
      @Field(
              title = "A file must be there",
              help = "Whether it is an error (ADS_FILE_MISSING) if no file matches.",
              defaultValue = "true")
          boolean fileNeeded,
      @Field(
              title = "Most rejected lines (%)",
              help = "A file with a greater share of unreadable lines stops the import.",
              min = 0,
              max = 100,
              defaultValue = "5")
          BigDecimal mostRejectedPercent,
      @Field(
              title = "Rehearsals know the results from",
              help =
                  "IMPORT: from the import on. RESULT: from the end of their day, for a first load.",
              defaultValue = "IMPORT")
          KnownFrom knownFrom) {}

  record Output(
      @Field(title = "Files", min = 0) int files,
      @Field(title = "Readable lines", min = 0) long lines,
      @Field(title = "New lines", help = "0 in a simulation.", min = 0) long newLines,
      @Field(title = "Corrected lines", help = "0 in a simulation.", min = 0) long correctedLines,
      @Field(title = "Known lines", help = "0 in a simulation.", min = 0) long knownLines,
      @Field(title = "Repeated lines", min = 0) long duplicates,
      @Field(title = "Lines passed over", help = "Totals, and days not over yet.", min = 0)
          long passedOver,
      @Field(title = "Rejected lines", min = 0) long rejectedLines,
      @Field(title = "Campaigns", min = 0) int campaigns,
      @Field(title = "First day") Optional<LocalDate> firstDay,
      @Field(title = "Last day") Optional<LocalDate> lastDay,
      @Field(title = "First rejected lines", help = "At most 10.")
          List<RejectedSample> rejectedSamples) {}

  record RejectedSample(
      @Field(title = "File") String file,
      @Field(title = "Line", min = 1) long line,
      @Field(title = "Reason") String reason,
      @Field(title = "As it was read") String raw) {

    static RejectedSample of(String file, ExportFile.Rejected rejected) {
      return new RejectedSample(file, rejected.number(), rejected.reason(), rejected.raw());
    }
  }

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    AdsImport adsImport = new AdsImport(input, site(context), context.now());
    adsImport.read();
    adsImport.compareWithStored(context.data());
    return adsImport.write(context.data());
  }

  @Override
  public Output simulate(Input input, StepContext context) throws Exception {
    AdsImport adsImport = new AdsImport(input, site(context), context.now());
    adsImport.read();
    adsImport.compareWithStored(context.data());
    return adsImport.asRead();
  }

  private static Site site(StepContext context) {
    return context
        .site()
        .orElseThrow(
            () ->
                new StepError(
                    "SITE_NEEDED",
                    "Campaigns belong to a site, and this run has none. Start it for a site."));
  }
}
