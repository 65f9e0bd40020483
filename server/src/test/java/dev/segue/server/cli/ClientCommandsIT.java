package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.catalogue.Catalogue;
import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.cli.FakeApi.Reply;
import dev.segue.server.cli.Shell.Result;
import dev.segue.server.cli.api.Json;
import dev.segue.server.plugins.PluginZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people and programs can rely on when they use the commands on the API's resources. */
class ClientCommandsIT {

  private static final String RUN = "0190aaaa-0000-7000-8000-000000000001";
  private static final String SET = "0190bbbb-0000-7000-8000-000000000002";

  @TempDir private Path folder;
  private FakeApi api;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    shell = new Shell(folder).signedInTo(api.url());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static JsonNode json(String text) {
    return Json.parse(text).orElseThrow();
  }

  @Test
  void aListIsATableForPeopleAndAnArrayForPrograms() {
    api.on(
        "GET /runs",
        """
        {"items": [{"id": "%s", "workflow": "daily", "state": "active", "mode": "live",
          "createdAt": "2026-03-01T10:00:00Z", "openApprovals": 1}]}
        """
            .formatted(RUN));

    assertThat(shell.run("runs", "list", "--utc").lines())
        .containsExactly(
            "ID                                    WORKFLOW  STATE   MODE  STARTED              "
                + " APPROVALS",
            RUN + "  daily     active  live  2026-03-01 10:00:00Z          1");
    Result array = shell.run("runs", "list", "--output", "json");
    assertThat(json(array.out()).path(0).path("openApprovals").asInt()).isEqualTo(1);
    assertThat(array.exitCode()).isZero();
  }

  @Test
  void anEmptyListSaysSoInWordsAndIsAnEmptyArrayInJson() {
    api.on("GET /runs", "{\"items\": []}");

    assertThat(shell.run("runs", "list").out())
        .isEqualToIgnoringNewLines("No runs. Start one with `segue run WORKFLOW`.");
    assertThat(json(shell.run("-o", "json", "runs", "list").out())).isEqualTo(Json.array());
  }

  @Test
  void aSourceOfMetricsIsTriedAndSaysWhatItFetched() throws Exception {
    Path file = folder.resolve("revenue.yaml");
    Files.writeString(file, "metric: revenue\nevery: PT15M\nsql: { query: select 1 }\n");
    String last =
        """
        {"at": "2026-03-01T10:00:00Z", "from": "2026-03-01T09:00:00Z", "to": "2026-03-01T10:00:00Z",
          "took": "PT0.2S", "points": 7, "refused": 1, "reasons": [{"row": 3, "reason": "value: none"}],
          "error": "sql.query: It takes longer than PT30S."}
        """;
    api.on(
        "POST /metric-source-preview",
        """
        {"from": "2026-03-01T09:00:00Z", "to": "2026-03-01T10:00:00Z", "reasons": [], "more": true,
          "points": [{"metric": "revenue", "time": "2026-03-01T09:00:00Z", "value": 12.5,
            "labels": {"site": "cafe"}}]}
        """);
    api.on("POST /metric-sources/revenue/collect", last);
    api.on(
        "GET /metric-sources",
        "{\"items\": [{\"id\": \"revenue\", \"kind\": \"sql\", \"every\": \"PT15M\", \"last\": "
            + last
            + "}]}");

    Result tried =
        shell.run(
            "metrics", "sources", "preview", file.toString(), "--from", "2026-03-01T09:00:00Z");
    assertThat(tried.out()).contains("revenue", "site=cafe", "12.5");
    assertThat(json(api.lastCall().body()).at("/source/every").asString()).isEqualTo("PT15M");
    Result collected = shell.run("metrics", "sources", "collect", "revenue");
    assertThat(collected.out()).contains("7 points", "1 refused", "takes longer", "value: none");
    assertThat(collected.exitCode()).isEqualTo(1);
    assertThat(shell.run("metrics", "sources", "list").out())
        .contains("revenue", "every PT15M", "takes longer");
  }

  @Test
  void aPluginOfACatalogueIsInstalledByNameAndRangeAfterALook() {
    api.on(
        "GET /plugin-offers",
        """
        {"items": [{"id": "bakery", "version": "1.2.0", "installed": "1.0.0", "catalogue": "guild",
          "signedBy": "The guild", "description": "Bread"}],
         "unusable": [{"catalogue": "other", "reason": "It was altered."}]}
        """);
    api.on(
        "POST /plugin-offers/bakery/installation", "{\"id\": \"bakery\", \"version\": \"1.2.0\"}");

    Result found = shell.run("plugins", "search", "fresh", "bread", "--updates");
    assertThat(api.lastCall().query()).contains("bread", "updates=true");
    assertThat(found.out()).contains("bakery", "1.2.0", "1.0.0", "guild");
    assertThat(found.err()).contains("other", "It was altered.");

    Result installed = shell.run("plugins", "install", "bakery@^1.2", "--yes");
    assertThat(json(api.lastCall().body()))
        .isEqualTo(json("{\"preview\": false, \"range\": \"^1.2\"}"));
    assertThat(installed.out()).contains("Installed bakery 1.2.0", "plugins rollback bakery");
    assertThat(shell.run("plugins", "install", "bakery").err()).contains("Add --yes");
    assertThat(json(api.lastCall().body())).isEqualTo(json("{\"preview\": true}"));
  }

  @Test
  void theListOfAFolderOfZipsIsMadeAndSigned() throws Exception {
    Path shelf = Files.createDirectories(folder.resolve("shelf"));
    shell.run("plugins", "keys", "new", folder.resolve("guild").toString());
    String key = folder.resolve("guild.key").toString();
    assertThat(shell.run("plugins", "index", shelf.toString(), "--key", key).err())
        .contains("no zip in");
    PluginZip.greeter("hello", "1.0.0").build(shelf.resolve("hello-1.0.0.zip"));
    PluginZip.greeter("hello", "1.1.0").build(shelf.resolve("hello-1.1.0.zip"));

    Result made =
        shell.run("plugins", "index", shelf.toString(), "--key", key, "--title", "Our plugins");

    assertThat(made.exitCode()).as(made.err()).isZero();
    byte[] list = Files.readAllBytes(shelf.resolve(Catalogue.FILE));
    Catalogue catalogue = Catalogue.parse(list);
    assertThat(catalogue.title()).isEqualTo("Our plugins");
    assertThat(catalogue.plugin("hello").orElseThrow().releases())
        .extracting(release -> release.version() + " " + release.file())
        .containsExactly("1.1.0 hello-1.1.0.zip", "1.0.0 hello-1.0.0.zip");
    PublicKey open = PluginSignature.publicKey(Files.readString(folder.resolve("guild.pub")));
    String signature = Files.readString(shelf.resolve(Catalogue.FILE + ".sig"));
    assertThat(PluginSignature.parse(signature).fits(open, list)).isTrue();

    Files.writeString(shelf.resolve("broken.zip"), "no zip");
    Result broken = shell.run("plugins", "index", shelf.toString(), "--key", key);
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).contains("broken.zip can't be listed");
  }

  @Test
  void aScheduleIsSavedAndShownWithItsNextTimes() {
    api.on("PUT /triggers/mornings", "{\"id\": \"mornings\"}");
    Result saved =
        shell.run(
            "triggers",
            "schedule",
            "mornings",
            "--workflow",
            "daily",
            "--cron",
            "0 6 * * *",
            "--site",
            "berlin,lisbon",
            "--set",
            "overlap=queue");
    assertThat(json(api.lastCall().body()))
        .isEqualTo(
            json(
                """
                {"workflow": "daily", "mode": "live", "variables": {},
                 "schedule": {"overlap": "queue", "cron": "0 6 * * *",
                   "sites": ["berlin", "lisbon"]}}\
                """));
    assertThat(saved.out()).contains("triggers show mornings");

    api.on(
        "GET /triggers/mornings",
        "{\"id\": \"mornings\", \"workflow\": \"daily\", \"schedule\": {\"cron\": \"0 6 * * *\"}}");
    api.on(
        "POST /schedule-preview",
        """
        {"zone": "Europe/Berlin", "firings": [{"dueAt": "2026-03-10T05:00:00Z",
          "local": "2026-03-10T06:00:00+01:00", "businessDate": "2026-03-10"}]}\
        """);
    assertThat(shell.run("triggers", "show", "mornings").out())
        .contains("2026-03-10T06:00:00+01:00");

    api.on("PATCH /trigger-switch", "{\"paused\": true}");
    assertThat(shell.run("triggers", "pause", "--all").exitCode()).isZero();
    assertThat(shell.run("triggers", "pause").exitCode()).isEqualTo(2);
  }

  @Test
  void aNewWebhookGetsASecretAndCanBeTriedOut() throws IOException {
    api.on("PUT /triggers/orders", "{\"id\": \"orders\"}");
    api.on(
        "POST /triggers/orders/webhook-secret",
        """
        {"secret": "whsec_c2VjcmV0", "path": "/hooks/orders",
         "formerValidUntil": "2026-03-10T06:00:00Z"}\
        """);
    Result made =
        shell.run(
            "triggers",
            "webhook",
            "orders",
            "--workflow",
            "daily",
            "--scheme",
            "github",
            "--set",
            "eventId=/id",
            "--set",
            "rateLimit:=60",
            "--map",
            "total=sum(event.data.lines.price)",
            "--map",
            "big=event.data.total >= 5");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).contains("/hooks/orders", "whsec_c2VjcmV0");
    assertThat(made.err()).contains("not shown again");
    FakeApi.Call put =
        api.calls().stream().filter(call -> call.method().equals("PUT")).findFirst().orElseThrow();
    assertThat(json(put.body()))
        .isEqualTo(
            json(
                """
                {"workflow": "daily", "mode": "live", "variables": {},
                 "mapping": {"total": "sum(event.data.lines.price)", "big": "event.data.total >= 5"},
                 "webhook": {"eventId": "/id", "rateLimit": 60, "scheme": "github"}}\
                """));

    Path brought = Files.writeString(folder.resolve("secret"), "made-by-the-sender\n");
    shell.run(
        "triggers",
        "rotate-secret",
        "orders",
        "--overlap",
        "PT1H",
        "--secret-file",
        brought.toString());
    assertThat(json(api.lastCall().body()))
        .isEqualTo(json("{\"overlap\": \"PT1H\", \"secret\": \"made-by-the-sender\"}"));

    api.on(
        "POST /trigger-mapping-preview",
        """
        {"starts": false, "event": {}, "variables": {"total": 4}, "key": "/till 7",
         "errors": [{"field": "mapping.big", "message": "No context entry found"}]}\
        """);
    Path event = Files.writeString(folder.resolve("event.json"), "[1]");
    Path file =
        Files.writeString(
            folder.resolve("trigger.yaml"), "id: orders\nworkflow: daily\nwebhook: {}\n");
    Result tried =
        shell.run(
            "triggers",
            "try",
            "--file",
            file.toString(),
            "--event",
            event.toString(),
            "--header",
            "X-Shop=north");
    assertThat(tried.exitCode()).isEqualTo(1);
    assertThat(tried.out()).contains("total = 4", "/till 7", "mapping.big");
    assertThat(json(api.lastCall().body()))
        .isEqualTo(
            json(
                """
                {"id": "orders", "trigger": {"workflow": "daily", "webhook": {}}, "event": [1],
                 "headers": {"X-Shop": "north"}}\
                """));
    assertThat(shell.run("triggers", "try", "--event", event.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void templatesAreOneFileForEachStepTypeOrOneArray() throws IOException {
    api.on(
        "GET /steps/templates",
        """
        [{"id": "bakery:bake:1", "name": "Bake", "version": 1004002, "properties": []},
         {"id": "../bakery:bake:2", "name": "Bake", "version": 2000000, "properties": []}]
        """);
    Path modeler = folder.resolve("resources/element-templates");

    Result written =
        shell.run("steps", "templates", "--out", modeler.toString(), "--plugin", "bakery");

    assertThat(api.lastCall().query()).isEqualTo("plugin=bakery");
    assertThat(written.exitCode()).isZero();
    assertThat(written.out()).contains("bakery:bake:1", "1004002", "bakery.bake.1.json");
    assertThat(modeler)
        .isDirectoryContaining(file -> file.endsWith("bakery.bake.1.json"))
        .isDirectoryContaining(file -> file.endsWith("bakery.bake.2.json"));
    assertThat(json(Files.readString(modeler.resolve("bakery.bake.1.json"))).path("name").asText())
        .isEqualTo("Bake");
    JsonNode files =
        json(shell.run("-o", "json", "steps", "templates", "--out", modeler.toString()).out());
    assertThat(files.get(0).path("file").asText())
        .isEqualTo(modeler.resolve("bakery.bake.1.json").toString());
    assertThat(json(shell.run("steps", "templates").out())).hasSize(2);
  }

  @Test
  void aConnectionIsShownWithItsHealthItsRateAndItsUsers() {
    api.on(
        "GET /connections/main",
        """
        {"name": "main", "type": "bakery:account", "paused": false, "health": "fails",
         "healthMessage": "The token is refused.", "healthTookMillis": 40,
         "traffic": {"calls": 20, "failures": 5, "errorRate": 0.25, "requestsPerSecond": 2.5,
           "limitPerSecond": 10, "budgetInUse": 0.25, "lastFailure": "status 401"},
         "usedBy": [{"workflow": "daily", "version": 3, "element": "count",
           "stepType": "bakery:count:1", "field": "account", "computed": false, "runs": 2}]}
        """);

    assertThat(shell.run("connections", "show", "main").out())
        .contains(
            "The token is refused.",
            "5 of 20 calls in 15 minutes",
            "2.5 requests per second of 10.0 (25 %)",
            "status 401",
            "bakery:count:1");
    JsonNode raw = json(shell.run("connections", "show", "main", "-o", "json").out());
    assertThat(raw.path("usedBy").get(0).path("runs").asInt()).isEqualTo(2);
  }

  @Test
  void theTrialOfAStepShowsResultLogAndChangesAndFailsWhereTheStepDoes() {
    api.on(
        "GET /steps/bakery:bake:1",
        """
        {"input": {"properties": {"day": {}, "bakery": {"x-segue-connection": "bakery:account"}}}}
        """);
    api.on(
        "POST /steps/bakery:bake:1/try",
        """
        {"step": "bakery:bake:1", "pluginVersion": "1.2.0", "kind": "plan", "outcome": "completed",
         "tookMillis": 12, "ignored": [], "logDropped": 0,
         "log": [{"at": "2026-03-01T10:00:00Z", "level": "warn", "text": "oven is cold"}],
         "changes": {"title": "Bake 2 loaves", "changes": [{"title": "Loaves",
           "before": {"n": 1}, "after": {"n": 2}}]},
         "output": {"loaves": 2}}
        """);

    Result tried =
        shell
            .piping("{\"day\": \"2026-03-01\"}")
            .run(
                "steps",
                "try",
                "bakery:bake:1",
                "--input",
                "-",
                "--var",
                "n:=2",
                "--connection",
                "main",
                "--site",
                "s1");

    assertThat(tried.exitCode()).as(tried.err()).isZero();
    assertThat(tried.out())
        .contains("1.2.0", "warn  oven is cold", "Changes: Bake 2 loaves", "\"loaves\" : 2");
    JsonNode sent = json(api.lastCall().body());
    assertThat(sent.path("input").toString()).isEqualTo("{\"day\":\"2026-03-01\",\"n\":2}");
    assertThat(sent.path("connections").path("bakery").asString()).isEqualTo("main");
    assertThat(sent.path("site").asString()).isEqualTo("s1");

    api.on(
        "POST /steps/bakery:bake:1/try",
        """
        {"step": "bakery:bake:1", "outcome": "failed", "log": [],
         "error": {"kind": "business-error", "code": "NO_FLOUR", "message": "There is none."}}
        """);
    Result failed = shell.run("steps", "try", "bakery:bake:1", "--output", "json");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(json(failed.out()).path("error").path("code").asString()).isEqualTo("NO_FLOUR");
    assertThat(shell.run("steps", "try", "bakery:bake:1").out()).contains("NO_FLOUR");
  }

  @Test
  void filtersAndTheTokenAreSentAndPagesFollowed() {
    api.on(
        "GET /runs",
        call ->
            Reply.json(
                call.query().contains("cursor=abc")
                    ? "{\"items\": [{\"id\": \"2\"}]}"
                    : "{\"items\": [{\"id\": \"1\"}], \"next\": \"abc\"}"));

    Result all =
        shell.run(
            "runs",
            "list",
            "--state",
            "active,incident",
            "--site",
            "a b",
            "--since",
            "2h",
            "--all",
            "-o",
            "json");

    assertThat(json(all.out())).isEqualTo(json("[{\"id\": \"1\"}, {\"id\": \"2\"}]"));
    assertThat(api.calls().getFirst().query())
        .contains("state=active&state=incident")
        .contains("site=a%20b")
        .contains("since=2026-03-01T10%3A00%3A00Z");
    assertThat(api.lastCall().headers()).containsEntry("Authorization", "Bearer secret-token");
    Result first = shell.run("runs", "list", "--limit", "1", "-o", "json");
    assertThat(json(first.out())).hasSize(1);
    assertThat(first.err()).contains("--all");
  }

  @Test
  void aRunShowsInFullWhatItsStepsGotAndReturned() {
    api.on(
        "GET /runs/" + RUN,
        """
        {"id": "%s", "workflow": "daily", "state": "active", "timelineOmitted": 7, "timeline": [
          {"id": "1", "element": "pick", "name": "Pick", "state": "completed",
           "input": {"shelf": "B", "till": "square-main"}, "result": {"picked": 3}}]}
        """
            .formatted(RUN));

    assertThat(shell.run("runs", "show", RUN).out())
        .contains("7 earlier entries are left out")
        .doesNotContain("square-main");
    assertThat(shell.run("runs", "show", RUN, "--verbose").lines())
        .contains(
            "  got shelf: \"B\"", "  got till: \"square-main\"", "  returned: {\"picked\":3}");
  }

  @Test
  void aSitesSalesStandBesideWhatWasExpected() {
    api.on(
        "GET /sites/north/sales",
        """
        {"items": [{"date": "2026-05-02", "orders": 2, "quantity": 4, "revenue": 13.5,
          "currency": "EUR", "forecastQuantity": 5, "forecastMadeOn": "2026-05-01"}]}
        """);

    assertThat(shell.run("sites", "sales", "north", "--from", "2026-05-01").lines())
        .containsExactly(
            "DAY         ORDERS  QUANTITY  EXPECTED  MADE ON     REVENUE  CURRENCY",
            "2026-05-02       2         4         5  2026-05-01    13.50  EUR");
    assertThat(api.lastCall().query()).isEqualTo("from=2026-05-01");
  }

  @Test
  void aProblemIsOneClearLineWithTheFieldsAtFaultAndExitCode1() {
    api.on(
        "POST /runs",
        call ->
            Reply.problem(
                422,
                """
                {"title": "Invalid", "status": 422, "detail": "The run can't start.",
                 "errors": [{"field": "variables.day", "message": "must be a date"}]}
                """));

    Result result = shell.run("run", "daily", "--var", "day=x");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .containsExactly("segue: The run can't start.", "       variables.day: must be a date");
  }

  @Test
  void wrongUseIsExitCode2AndNamesTheHelp() {
    Result unknown = shell.run("runs", "lits");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).startsWith("segue: ").contains("list").contains("segue runs --help");
    assertThat(shell.run("runs", "cancel", RUN).exitCode()).isEqualTo(2);
    assertThat(shell.run("nonsense").exitCode()).isEqualTo(2);
    assertThat(shell.run("runs").exitCode()).isEqualTo(2);
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void helpAndVersionAreThereForEveryCommand() {
    assertThat(shell.run("--version").out()).startsWith("segue ");
    assertThat(shell.run("approvals", "approve", "--help").exitCode()).isZero();
    assertThat(shell.run("approvals", "approve", "--help").out()).contains("--remove");
    assertThat(shell.run("connections", "--version").exitCode()).isZero();
  }

  @Test
  void aRunStartsWithItsVariablesOnce() throws IOException {
    api.on("POST /runs", "{\"id\": \"" + RUN + "\", \"state\": \"starting\"}");
    Path file = Files.writeString(folder.resolve("v.yaml"), "price: 1.10\nday: monday\n");

    Result result =
        shell.run(
            "run", "daily", "--site", "main", "--variables", file.toString(), "--var", "day=today");

    assertThat(result.out()).contains(RUN).contains("segue runs show");
    assertThat(json(api.lastCall().body()))
        .isEqualTo(
            json(
                """
                {"workflow": "daily", "site": "main",
                 "variables": {"price": 1.10, "day": "today"}}
                """));
    assertThat(api.lastCall().headers()).containsKey("Idempotency-key");
  }

  @Test
  void aSimulatedRunIsAwaitedAndShowsWhatItWouldChange() {
    AtomicInteger asked = new AtomicInteger();
    api.on("POST /runs", "{\"id\": \"" + RUN + "\", \"state\": \"starting\"}");
    api.on(
        "GET /runs/" + RUN,
        call ->
            Reply.json(
                """
                {"id": "%s", "state": "%s", "timeline": [], "incidents": [], "approvals": [],
                 "changes": [{"id": "%s"}]}
                """
                    .formatted(RUN, asked.getAndIncrement() < 2 ? "active" : "completed", SET)));
    api.on(
        "GET /changes/" + SET,
        """
        {"id": "%s", "title": "Prices", "state": "planned", "count": 1, "hash": "h",
         "totals": [{"amount": "0.40", "currency": "EUR"}],
         "changes": [{"ordinal": 0, "title": "Margherita", "state": "planned",
           "before": {"price": 9.50}, "after": {"price": 9.90}}]}
        """
            .formatted(SET));

    Result table = shell.run("run", "daily", "--simulate");

    assertThat(table.exitCode()).isZero();
    assertThat(json(api.calls().getFirst().body()).path("mode").asString()).isEqualTo("simulated");
    assertThat(table.out())
        .contains("9.50")
        .contains("9.90")
        .contains("1 change, in total 0.40 EUR");
    Result run = shell.run("run", "daily", "--simulate", "-o", "json");
    assertThat(json(run.out()).path("changes").path(0).path("changes")).hasSize(1);
  }

  @Test
  void aRunThatNeedsHelpMakesWaitFail() {
    api.on("POST /runs", "{\"id\": \"" + RUN + "\", \"state\": \"starting\"}");
    api.on(
        "GET /runs/" + RUN,
        """
        {"id": "%s", "state": "incident", "timeline": [], "approvals": [], "changes": [],
         "incidents": [{"id": "77", "state": "open"}]}
        """
            .formatted(RUN));

    Result result = shell.run("run", "daily", "--wait");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("segue incidents resolve 77");
  }

  @Test
  void approvingBindsToTheListsThatWereThereAndSendsEdits() {
    api.on(
        "GET /approvals/5",
        """
        {"id": "5", "state": "open", "changes": [{"id": "%s", "hash": "abc", "changes": []}]}
        """
            .formatted(SET));
    api.on("POST /approvals/5/decision", "{\"id\": \"5\", \"state\": \"deciding\"}");

    Result result =
        shell.run(
            "approvals",
            "approve",
            "5",
            "--comment",
            "fine",
            "--edit",
            "0:price:=9.80",
            "--remove",
            "1",
            "--form",
            "note=ok");

    assertThat(result.exitCode()).isZero();
    assertThat(json(api.lastCall().body()))
        .isEqualTo(
            json(
                """
                {"outcome": "approve", "comment": "fine", "hashes": ["abc"],
                 "form": {"note": "ok"},
                 "edits": [{"changeSet": "%1$s", "ordinal": 0, "after": {"price": 9.80}},
                           {"changeSet": "%1$s", "ordinal": 1, "remove": true}]}
                """
                    .formatted(SET)));
  }

  @Test
  void secretsOfAConnectionNeverStandOnTheCommandLine() {
    api.on("POST /connections", "{\"name\": \"mail\"}");

    Result result =
        shell
            .typing("s3cret")
            .run(
                "connections",
                "create",
                "mail",
                "--type",
                "notify:smtp",
                "--set",
                "port:=25",
                "--secret",
                "password");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).doesNotContain("s3cret");
    assertThat(json(api.lastCall().body()))
        .isEqualTo(
            json(
                """
                {"name": "mail", "type": "notify:smtp", "fields": {"port": 25},
                 "secrets": {"password": "s3cret"}}
                """));
  }

  @Test
  void whatIsEditedIsSentBackWithItsEtagAndTheRestStays() {
    api.on(
        "GET /sites/main",
        call ->
            Reply.json(
                    """
                    {"id": "main", "name": "Main", "zone": "UTC", "currency": "EUR",
                     "businessDayEnd": "04:00", "openingHours": {}, "version": 3}
                    """)
                .with("ETag", "\"3\""));
    api.on("PUT /sites/main", "{\"id\": \"main\"}");

    shell.run("sites", "update", "main", "--zone", "Europe/Rome", "--hours", "monday=11:00-22:00");

    assertThat(api.lastCall().headers()).containsEntry("If-match", "\"3\"");
    assertThat(json(api.lastCall().body()))
        .isEqualTo(
            json(
                """
                {"name": "Main", "zone": "Europe/Rome", "currency": "EUR",
                 "businessDayEnd": "04:00",
                 "openingHours": {"monday": [{"opens": "11:00", "closes": "22:00"}]}}
                """));
  }

  @Test
  void aWorkflowFolderIsSentAsAZipWithoutHiddenFiles() throws IOException {
    Path workflow = Files.createDirectories(folder.resolve("daily/.git")).getParent();
    Files.writeString(workflow.resolve("workflow.yaml"), "id: daily\n");
    Files.writeString(workflow.resolve(".git/config"), "x");
    api.on(
        "POST /workflows",
        """
        {"workflows": [{"workflow": "daily", "version": 2}],
         "findings": [{"severity": "warning", "message": "no name"}]}
        """);

    Result result = shell.run("deploy", workflow.toString());

    assertThat(result.out()).contains("daily is deployed as version 2").contains("no name");
    assertThat(api.lastCall().headers()).containsEntry("Content-type", "application/zip");
    assertThat(api.lastCall().body()).contains("workflow.yaml").doesNotContain(".git");
    Result nothing = shell.run("deploy", folder.toString());
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("has no workflow.yaml");
  }

  @Test
  void aBrokenAuditTrailIsAFailure() {
    api.on("GET /audit/verification", "{\"intact\": false, \"entries\": 9, \"firstBroken\": 4}");

    Result result = shell.run("audit", "verify");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("entry 4");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithWhatToDo() {
    api.close();

    Result result = shell.run("approvals", "list");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(api.url().toString()).contains("segue up");
  }
}
