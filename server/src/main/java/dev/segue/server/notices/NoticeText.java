package dev.segue.server.notices;

import dev.segue.sdk.Site;
import dev.segue.server.approvals.WaitingApproval;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a notice says: the matter in the business's words, and where to decide it. Nothing of the
 * changes themselves, for a mailbox is no safe place.
 *
 * @param subject one line
 * @param text some lines
 */
record NoticeText(String subject, String text) {

  private static final int LONGEST_SUBJECT = 150;
  private static final int LONGEST_LINE = 500;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm", Locale.ENGLISH);

  /**
   * Words a notice.
   *
   * @param site where the run takes place
   * @param url of the approval's page
   */
  static NoticeText of(Notice notice, WaitingApproval approval, Optional<Site> site, String url) {
    String question = oneLine(approval.question(), LONGEST_LINE);
    List<String> lines = new ArrayList<>();
    lines.add(question);
    if (!approval.why().isEmpty()) {
      lines.add(oneLine(approval.why(), LONGEST_LINE));
    }
    lines.add("");
    lines.add("Workflow: " + oneLine(approval.workflowTitle(), LONGEST_LINE));
    site.ifPresent(place -> lines.add("Site: " + oneLine(place.name(), LONGEST_LINE)));
    add(lines, "Started by: ", approval.startedBy());
    if (approval.changeCount() > 0) {
      String totals = String.join(", ", approval.totals());
      lines.add(
          "Changes: " + approval.changeCount() + (totals.isEmpty() ? "" : ", in all " + totals));
    }
    if (approval.dueAt() != null) {
      ZoneId zone = site.map(Site::zone).orElse(ZoneOffset.UTC);
      lines.add("Due: " + TIME.format(approval.dueAt().atZone(zone)) + " (" + zone + ")");
    }
    add(lines, "In the hands of: ", approval.assignee());
    lines.add("");
    lines.add("Look at it and decide in Segue: " + url);
    lines.add("The link shows the approval; whoever follows it decides only after signing in.");
    return new NoticeText(
        oneLine(occasion(notice) + ": " + question, LONGEST_SUBJECT), String.join("\n", lines));
  }

  private static String occasion(Notice notice) {
    if (notice.reason().startsWith(Notice.DELEGATED)) {
      return "Handed over for approval";
    }
    return notice.reason().equals(Notice.OVERDUE) ? "Approval overdue" : "Approval needed";
  }

  private static void add(List<String> lines, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      lines.add(label + oneLine(value, LONGEST_LINE));
    }
  }

  /** Without line ends and control characters, with which a text could forge what follows. */
  private static String oneLine(String text, int longest) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }
}
