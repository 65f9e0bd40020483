package dev.segue.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.ApiClient.Answer;
import dev.segue.server.testing.TestDoor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueIT {

  private TestDoor door;
  private ApiClient admin;

  @BeforeAll
  void open() {
    door = TestDoor.open();
    admin = door.admin();
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  @Test
  void aSiteIsAddedEditedAndRemoved() {
    Map<String, Object> bar =
        Map.of(
            "id", "night-bar",
            "name", "Night bar",
            "zone", "Europe/Madrid",
            "currency", "EUR",
            "country", "ES",
            "businessDayEnd", "04:00",
            "openingHours", Map.of("friday", List.of(Map.of("opens", "18:00", "closes", "03:00"))));
    Answer added = admin.post("/sites", bar);
    assertThat(added.expect(201).path("openingHours").path("friday").toString())
        .isEqualTo("[{\"opens\":\"18:00\",\"closes\":\"03:00\"}]");
    admin.post("/sites", bar).problem(409, "conflict");

    Map<String, Object> content =
        Map.of("name", "Late bar", "zone", "Europe/Madrid", "currency", "EUR");
    ApiClient editor = admin.with("If-Match", added.header("ETag").orElseThrow());
    JsonNode edited = editor.put("/sites/night-bar", content).expect(200);
    assertThat(edited.path("name").asString()).isEqualTo("Late bar");
    assertThat(edited.path("businessDayEnd").asString()).isEqualTo("00:00");
    editor.put("/sites/night-bar", content).problem(412, "edited");

    admin.delete("/sites/night-bar").expect(204);
    admin.get("/sites/night-bar").problem(404, "not-found");
  }

  @Test
  void aSiteNeedsAZoneACurrencyAndACountryThatExist() {
    JsonNode problem =
        admin
            .post(
                "/sites",
                Map.of(
                    "id",
                    "nowhere",
                    "name",
                    "N",
                    "zone",
                    "Europe/Atlantis",
                    "currency",
                    "ZZZ",
                    "country",
                    "QQ"))
            .expect(422);
    assertThat(problem.path("errors").valueStream().map(e -> e.path("field").asString()))
        .containsExactly("zone", "currency", "country");
    assertThat(problem.path("errors").toString()).contains("Europe/Berlin");
  }

  @Test
  void anItemIsPutAndItsCostChanged() {
    addSite("cafe");
    JsonNode put =
        admin
            .put("/sites/cafe/items/latte", Map.of("name", "Latte", "price", 3.9, "unitCost", 0.85))
            .expect(200);
    assertThat(put.path("currency").asString()).isEqualTo("EUR");
    assertThat(put.path("price").toString()).isEqualTo("3.90");
    JsonNode patched =
        admin.patch("/sites/cafe/items/latte", Map.of("unitCost", 0.9125)).expect(200);
    assertThat(patched.path("unitCost").toString()).isEqualTo("0.9125");
    assertThat(patched.path("price").toString()).isEqualTo("3.90");
    assertThat(patched.path("version").asInt()).isEqualTo(2);
    admin
        .with("If-Match", "\"1\"")
        .patch("/sites/cafe/items/latte", Map.of("price", 4))
        .problem(412, "edited");
    admin.patch("/sites/cafe/items/latte", Map.of("price", -1)).problem(400, "bad-request");
    admin.patch("/sites/cafe/items/mocha", Map.of("price", 4)).problem(404, "not-found");
    assertThat(admin.delete("/sites/cafe").problem(409, "conflict")).contains("items");
  }

  @Test
  void aFileOfItemsIsTakenWholeOrNotAtAll() {
    addSite("deli");
    String good =
        """
        item_id,name,category,price,unit_cost
        soup,"Soup, of the day",starters,6.50,1.80
        bread,Bread,,2.00,
        """;
    assertThat(upload("deli", good).expect(200).toString())
        .isEqualTo("{\"added\":2,\"changed\":0,\"unchanged\":0}");
    assertThat(upload("deli", good.replace("1.80", "1.90")).expect(200).toString())
        .isEqualTo("{\"added\":0,\"changed\":1,\"unchanged\":1}");
    assertThat(admin.get("/sites/deli/items/soup").expect(200).path("name").asString())
        .isEqualTo("Soup, of the day");

    String bad = good + "cake,Cake,sweets,four,1.00\ncake,Cake,sweets,4.00\n";
    JsonNode problem = upload("deli", bad).expect(422);
    assertThat(problem.path("errors").valueStream().map(e -> e.path("field").asString()))
        .containsExactly("line 4: price", "line 5");
    admin.get("/sites/deli/items/cake").problem(404, "not-found");
  }

  @Test
  void aFileOfItemsWithWrongColumnsOrEncodingIsRefused() {
    addSite("kiosk");
    assertThat(upload("kiosk", "sku,name\n1,Cola\n").expect(422).path("errors").toString())
        .contains("sku")
        .contains("item_id");
    byte[] latin = "item_id,name\n1,Caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            admin
                .upload("/sites/kiosk/items", "text/csv", latin)
                .expect(422)
                .path("errors")
                .toString())
        .contains("UTF-8");
    upload("kiosk", "\n").expect(422);
  }

  @Test
  void anAccountSeesOnlyTheSitesItMayActOn() {
    addSite("mine");
    addSite("theirs");
    admin
        .post(
            "/users",
            Map.of(
                "username",
                "keeper",
                "password",
                "a long enough password",
                "roles",
                List.of("designer"),
                "sites",
                List.of("mine")))
        .expect(201);
    ApiClient keeper = door.anybody().signIn("keeper", "a long enough password");
    assertThat(keeper.get("/sites").expect(200).path("items").size()).isEqualTo(1);
    keeper.get("/sites/theirs/items").problem(404, "not-found");
    keeper.put("/sites/theirs/items/x", Map.of("name", "X")).problem(404, "not-found");
    keeper.put("/sites/mine/items/x", Map.of("name", "X")).expect(200);
    keeper
        .post("/sites", Map.of("id", "new", "name", "N", "zone", "UTC", "currency", "EUR"))
        .problem(403, "forbidden");
  }

  @Test
  void whatWorkflowsMadeIsThereToRead() {
    addSite("shop");
    door.database()
        .jooq()
        .execute(
            """
            insert into data.forecast_row (site_id, item_id, business_date, made_on, quantity, method)
            values ('shop', 'tea', '2026-05-02', '2026-04-30', 9, 'naive'),
                   ('shop', 'tea', '2026-05-02', '2026-05-01', 12, 'forest'),
                   ('shop', 'tea', '2026-05-03', '2026-05-01', 13, 'forest');
            insert into data.price_row (site_id, item_id, valid_from, price, currency)
            values ('shop', 'tea', '2026-05-02', 2.75, 'EUR');
            insert into data.promotion_row
              (promotion_id, site_id, item_id, title, discount, starts_on, ends_on)
            values ('p1', 'shop', 'tea', 'Tea week', 0.1, '2026-05-02', '2026-05-08')\
            """);
    JsonNode forecasts = admin.get("/sites/shop/forecasts?to=2026-05-02").expect(200);
    assertThat(forecasts.path("items").size()).isEqualTo(1);
    assertThat(forecasts.at("/items/0/quantity").asInt()).isEqualTo(12);
    JsonNode first = admin.get("/sites/shop/forecasts?limit=1").expect(200);
    JsonNode second =
        admin
            .get("/sites/shop/forecasts?limit=1&cursor=" + first.path("next").asString())
            .expect(200);
    assertThat(second.at("/items/0/date").asString()).isEqualTo("2026-05-03");
    assertThat(admin.get("/sites/shop/prices").expect(200).path("items").size()).isEqualTo(1);
    assertThat(admin.get("/sites/shop/promotions?from=2026-05-08").expect(200).path("items").size())
        .isEqualTo(1);
    assertThat(admin.get("/sites/shop/promotions?from=2026-05-09").expect(200).path("items").size())
        .isZero();
  }

  @Test
  void showsWhatWasSoldBesideWhatWasExpectedBefore() {
    addSite("bistro");
    door.database()
        .jooq()
        .execute(
            """
            insert into data.sales_line_row (site_id, order_id, line_id, item_id, ordered_at,
              business_date, quantity, unit_price, net_amount, currency)
            values ('bistro', 'o1', '1', 'tea', '2026-05-02T10:00Z', '2026-05-02', 2, 3, 6, 'EUR'),
                   ('bistro', 'o1', '2', 'cake', '2026-05-02T10:00Z', '2026-05-02', 1, 4.5, 4.5, 'EUR'),
                   ('bistro', 'o2', '1', 'tea', '2026-05-02T11:00Z', '2026-05-02', 1, 3, 3, 'EUR'),
                   ('bistro', 'o3', '1', 'tea', '2026-05-02T11:00Z', '2026-05-02', 1, 9, 9, 'USD'),
                   ('bistro', 'o4', '1', 'tea', '2026-05-03T11:00Z', '2026-05-03', 1, 3, 3, 'EUR');
            insert into data.forecast_row (site_id, item_id, business_date, made_on, quantity, method)
            values ('bistro', 'tea', '2026-05-02', '2026-04-29', 1, 'naive'),
                   ('bistro', 'tea', '2026-05-02', '2026-05-01', 3, 'forest'),
                   ('bistro', 'cake', '2026-05-02', '2026-05-01', 2, 'forest'),
                   ('bistro', 'tea', '2026-05-02', '2026-05-02', 100, 'hindsight'),
                   ('bistro', 'tea', '2026-05-04', '2026-05-03', 7, 'forest')\
            """);
    JsonNode days =
        admin.get("/sites/bistro/sales?from=2026-05-01&to=2026-05-31").expect(200).path("items");

    assertThat(days.valueStream().map(day -> day.path("date").asString()))
        .containsExactly("2026-05-02", "2026-05-03", "2026-05-04");
    JsonNode first = days.path(0);
    assertThat(first.path("orders").asInt()).isEqualTo(2);
    assertThat(first.path("quantity").decimalValue()).isEqualByComparingTo("4");
    assertThat(first.path("revenue").decimalValue()).isEqualByComparingTo("13.5");
    assertThat(first.path("currency").asString()).isEqualTo("EUR");
    assertThat(first.path("forecastQuantity").decimalValue()).isEqualByComparingTo("5");
    assertThat(first.path("forecastMadeOn").asString()).isEqualTo("2026-05-01");
    assertThat(days.path(1).has("forecastQuantity")).isFalse();
    assertThat(days.path(2).path("orders").asInt()).isZero();
    assertThat(admin.get("/sites/bistro/sales").expect(200).path("items")).isEmpty();
    admin.get("/sites/bistro/sales?from=2020-01-01&to=2026-01-01").expect(422);
    admin.get("/sites/nowhere/sales").problem(404, "not-found");
  }

  private void addSite(String id) {
    admin
        .post("/sites", Map.of("id", id, "name", id, "zone", "Europe/Berlin", "currency", "EUR"))
        .expect(201);
  }

  private Answer upload(String site, String csv) {
    return admin.upload(
        "/sites/" + site + "/items", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
  }
}
