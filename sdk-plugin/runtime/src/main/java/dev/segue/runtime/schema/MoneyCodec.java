package dev.segue.runtime.schema;

import dev.segue.sdk.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Money as {@code {"amount": "9.50", "currency": "EUR"}}. */
record MoneyCodec() implements Codec {

  private static final DecimalCodec AMOUNT = new DecimalCodec(true);

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object").put("format", "money");
    ObjectNode fields = schema.putObject("properties");
    fields.set("amount", AMOUNT.schema().put("title", "Amount"));
    fields
        .putObject("currency")
        .put("type", "string")
        .put("pattern", "^[A-Z]{3}$")
        .put("title", "Currency");
    schema.putArray("required").add("amount").add("currency");
    return schema.put("additionalProperties", false);
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isObject() || node.size() != 2 || !node.has("amount") || !node.has("currency")) {
      reading.problem(
          path,
          "must be money such as {\"amount\": \"9.50\", \"currency\": \"EUR\"}, but is "
              + (node.isObject() ? "an object with other fields" : Reading.found(node)));
      return null;
    }
    Object amount = AMOUNT.read(node.get("amount"), path.field("amount"), reading);
    Currency currency = currency(node.get("currency"), path.field("currency"), reading);
    return amount == null || currency == null ? null : new Money((BigDecimal) amount, currency);
  }

  private static @Nullable Currency currency(JsonNode node, Path path, Reading reading) {
    try {
      if (node.isString()) {
        return Currency.getInstance(node.stringValue());
      }
    } catch (IllegalArgumentException e) {
      // Said below, together with values that aren't texts.
    }
    reading.problem(path, "must be a currency such as EUR, but is " + Reading.found(node));
    return null;
  }

  @Override
  public @Nullable JsonNode write(Object value, Path path, Writing writing) {
    Money money = (Money) value;
    if (NumberCodec.isOutsize(money.amount())) {
      writing.problem(path, "is an amount with too many digits");
      return null;
    }
    return Json.object()
        .put("amount", money.amount().toPlainString())
        .put("currency", money.currency().getCurrencyCode());
  }
}
