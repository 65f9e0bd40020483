package dev.segue.plugins.posfiles.layout;

import static dev.segue.plugins.posfiles.layout.SalesColumn.AMOUNT;
import static dev.segue.plugins.posfiles.layout.SalesColumn.CATEGORY;
import static dev.segue.plugins.posfiles.layout.SalesColumn.CHANNEL;
import static dev.segue.plugins.posfiles.layout.SalesColumn.CURRENCY;
import static dev.segue.plugins.posfiles.layout.SalesColumn.ITEM;
import static dev.segue.plugins.posfiles.layout.SalesColumn.ITEM_NAME;
import static dev.segue.plugins.posfiles.layout.SalesColumn.LINE;
import static dev.segue.plugins.posfiles.layout.SalesColumn.ORDER;
import static dev.segue.plugins.posfiles.layout.SalesColumn.ORDERED_AT;
import static dev.segue.plugins.posfiles.layout.SalesColumn.QUANTITY;
import static dev.segue.plugins.posfiles.layout.SalesColumn.UNIT_PRICE;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Layouts that need no mapping of one's own. A {@code +} joins headings. */
public enum Preset {
  /** Plain headings in English or German, ISO or local dates. */
  GENERIC {
    @Override
    public Layout layout() {
      return standard(
          Map.ofEntries(
              column(
                  ORDER,
                  "order id",
                  "order",
                  "order number",
                  "receipt",
                  "receipt number",
                  "ticket",
                  "transaction",
                  "transaction id",
                  "bestellung",
                  "belegnummer",
                  "bon"),
              column(LINE, "line id", "line", "line number", "order details id", "position"),
              column(ITEM, "item id", "sku", "plu", "item", "article", "artikelnummer", "artikel"),
              column(
                  ITEM_NAME,
                  "item name",
                  "name",
                  "product",
                  "description",
                  "bezeichnung",
                  "produkt"),
              column(CATEGORY, "category", "group", "type", "kategorie", "warengruppe"),
              column(
                  ORDERED_AT,
                  "ordered at",
                  "date time",
                  "datetime",
                  "timestamp",
                  "zeitpunkt",
                  "order date+order time",
                  "date+time",
                  "datum+uhrzeit",
                  "datum+zeit",
                  "order date",
                  "date",
                  "datum"),
              column(QUANTITY, "quantity", "qty", "count", "menge", "anzahl"),
              column(UNIT_PRICE, "unit price", "price", "einzelpreis", "preis"),
              column(
                  AMOUNT,
                  "net amount",
                  "amount",
                  "total",
                  "line total",
                  "betrag",
                  "summe",
                  "umsatz"),
              column(CURRENCY, "currency", "waehrung", "währung"),
              column(CHANNEL, "channel", "sales channel", "kanal")),
          List.of("d.M.uuuu H:mm[:ss]", "d.M.uuuu"));
    }
  },

  /** The item detail export of Square, with US dates and dollar signs. */
  SQUARE_ITEMS {
    @Override
    public Layout layout() {
      return standard(
          Map.ofEntries(
              column(ORDER, "transaction id"),
              column(ITEM, "sku", "item+price point name", "item"),
              column(ITEM_NAME, "item+price point name", "item"),
              column(CATEGORY, "category"),
              column(ORDERED_AT, "date+time"),
              column(QUANTITY, "qty"),
              column(AMOUNT, "net sales"),
              column(CHANNEL, "dining option", "channel")),
          List.of("M/d/uuuu H:mm[:ss]", "M/d/uu H:mm[:ss]", "M/d/uuuu h:mm[:ss] a"));
    }
  },

  /** Sale lines as Lightspeed's tills name them. */
  LIGHTSPEED_LINES {
    @Override
    public Layout layout() {
      return standard(
          Map.ofEntries(
              column(ORDER, "sale id", "account reference", "receipt id", "sale"),
              column(LINE, "sale line id", "line id"),
              column(ITEM, "item id", "item sku", "sku", "item code"),
              column(ITEM_NAME, "item", "item name", "description"),
              column(CATEGORY, "category", "accounting group"),
              column(
                  ORDERED_AT, "completed time", "sale date", "time of sale", "date+time", "date"),
              column(QUANTITY, "quantity", "qty"),
              column(UNIT_PRICE, "unit price", "retail", "price"),
              column(AMOUNT, "net amount", "subtotal", "line total", "total"),
              column(CURRENCY, "currency"),
              column(CHANNEL, "order type", "register", "channel")),
          List.of("M/d/uuuu h:mm[:ss] a", "d/M/uuuu H:mm[:ss]"));
    }
  },

  /** The orders of the sample pizza place: one line per pizza, its size in a column of its own. */
  PIZZA_PLACE {
    @Override
    public Layout layout() {
      return standard(
          Map.ofEntries(
              column(ORDER, "id"),
              column(ITEM, "name+size"),
              column(ITEM_NAME, "name+size"),
              column(CATEGORY, "type"),
              column(ORDERED_AT, "date+time"),
              column(UNIT_PRICE, "price")),
          List.of());
    }
  };

  /**
   * Gives the layout.
   *
   * @return headings in lower case and with blanks, as {@link Header} compares them
   */
  public abstract Layout layout();

  private static Layout standard(
      Map<SalesColumn, List<List<String>>> columns, List<String> timeFormats) {
    return new Layout(
        columns,
        Separator.AUTO,
        Encoding.UTF_8_OR_WINDOWS_1252,
        false,
        timeFormats,
        Optional.empty(),
        PriceSource.FILE,
        Set.of());
  }

  private static Map.Entry<SalesColumn, List<List<String>>> column(
      SalesColumn column, String... alternatives) {
    return Map.entry(
        column,
        Arrays.stream(alternatives).map(headings -> List.of(headings.split("\\+"))).toList());
  }
}
