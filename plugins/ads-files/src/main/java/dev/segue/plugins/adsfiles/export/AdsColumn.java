package dev.segue.plugins.adsfiles.export;

import java.util.List;

/** What a column of an export means. */
public enum AdsColumn {
  DAY("day", "day", "date", "reporting starts", "by day", "stat time day"),
  CAMPAIGN_ID("campaign's id", "campaign id"),
  CAMPAIGN("campaign", "campaign name", "campaign"),
  AD_SET_ID("ad set's id", "ad set id", "ad group id", "adgroup id", "adset id"),
  AD_SET("ad set", "ad set name", "ad group name", "ad set", "ad group", "adset name"),
  VARIANT("variant", "variant", "ad name", "ad", "creative"),
  SEGMENT("segment", "segment", "audience segment", "audience"),
  AGE("age", "age", "age range"),
  GENDER("gender", "gender"),
  IMPRESSIONS("impressions", "impressions", "impr.", "impression"),
  CLICKS("clicks", "link clicks", "clicks", "clicks (all)", "clicks (destination)"),
  CONVERSIONS("conversions", "conversions", "results", "purchases", "website purchases"),
  COST("cost", "cost", "amount spent", "spend", "total cost"),
  REVENUE(
      "revenue", "revenue", "conv. value", "purchases conversion value", "total conversion value"),
  CURRENCY("currency", "currency code", "currency");

  private final String words;
  private final List<String> headings;

  AdsColumn(String words, String... headings) {
    this.words = words;
    this.headings = List.of(headings);
  }

  /** The column in a sentence. */
  String words() {
    return words;
  }

  /** Headings under which platforms export it, the most exact first, in lower case. */
  List<String> headings() {
    return headings;
  }
}
