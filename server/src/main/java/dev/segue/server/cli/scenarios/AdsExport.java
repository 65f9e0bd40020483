package dev.segue.server.cli.scenarios;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Results of the ads of the practice platform as an ad platform exports them, without any chance in
 * them: {@code photo} converts half as often again as {@code plain}, {@code 18-24} hardly at all,
 * and Dinner gains more by a higher cost than Lunch.
 */
final class AdsExport {

  private static final String HEADINGS =
      "Day,Campaign ID,Campaign name,Ad set ID,Ad set name,Ad name,Age,Impressions,Link clicks,"
          + "Results,Amount spent (EUR)\n";
  private static final List<String> SEGMENTS = List.of("18-24", "25-34", "35-54", "55+");
  private static final int CLICKS = 200;

  private AdsExport() {}

  private record Campaign(String id, String name, double budget, double ceiling, double half) {}

  private static final List<Campaign> CAMPAIGNS =
      List.of(
          new Campaign("lunch", "Lunch", 70, 120, 40),
          new Campaign("dinner", "Dinner", 70, 1200, 600),
          new Campaign("brunch", "Brunch", 50, 270, 120));

  /**
   * Writes results for each variant and segment.
   *
   * @param lastDay the last day of results
   * @param days how many days of them there are
   * @param fall on how many of the last days all campaigns but Brunch bring half
   */
  static String csv(LocalDate lastDay, int days, int fall) {
    StringBuilder csv = new StringBuilder(HEADINGS);
    for (int ago = days - 1; ago >= 0; ago--) {
      for (Campaign campaign : CAMPAIGNS) {
        double share = ago < fall && !campaign.id().equals("brunch") ? 0.5 : 1;
        append(csv, lastDay.minusDays(ago), campaign, share);
      }
    }
    return csv.toString();
  }

  private static void append(StringBuilder csv, LocalDate day, Campaign campaign, double share) {
    double cost = campaign.budget() * (0.7 + 0.1 * (day.toEpochDay() % 7));
    double conversions = share * campaign.ceiling() * cost / (campaign.half() + cost);
    for (String variant : List.of("plain", "photo")) {
      for (String segment : SEGMENTS) {
        double weight = (variant.equals("photo") ? 1.2 : 0.8) * (segment.equals("18-24") ? 0.1 : 1);
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%s-all,%s guests,%s,%s,%d,%d,%d,%.2f\n",
                day,
                campaign.id(),
                campaign.name(),
                campaign.id(),
                campaign.name(),
                variant,
                segment,
                CLICKS * 40,
                CLICKS,
                Math.round(conversions * weight / 6.2),
                cost / 8));
      }
    }
  }
}
