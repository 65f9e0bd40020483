package dev.segue.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {

  private final Contract contract = Contract.load();

  @Test
  void everyOperationIsUnderTheVersionedPathAndHasAnId() {
    assertThat(contract.operations()).hasSizeGreaterThan(50);
    assertThat(contract.operations())
        .allSatisfy(
            operation -> {
              assertThat(operation.id()).matches("[a-z][a-zA-Z]+");
              assertThat(operation.path())
                  .startsWith(operation.id().equals("receiveWebhook") ? "/hooks/" : "/api/v1/");
              assertThat(operation.responses().path("default").isMissingNode())
                  .as("%s says how it fails", operation.id())
                  .isFalse();
            });
  }

  @Test
  void onlySigningInAndWebhooksNeedNoSignIn() {
    assertThat(contract.operations().stream().filter(ContractOperation::open))
        .extracting(ContractOperation::id)
        .containsExactly("createSession", "receiveWebhook");
  }

  @Test
  void namesTheMethodsThatAPathAnswersTo() {
    assertThat(contract.methodsOf("/api/v1/sites/north")).containsExactly("DELETE", "GET", "PUT");
    assertThat(contract.methodsOf("/api/v1/sites/north/unknown")).isEmpty();
    assertThat(contract.methodsOf("/api/v1")).isEmpty();
  }

  @Test
  void namesAllParametersThatAreWrongAtOnce() {
    ContractOperation listRuns = contract.operation("listRuns").orElseThrow();
    assertThatThrownBy(
            () ->
                RequestCheck.checkParameters(
                    listRuns,
                    new ApiRequest.Params(
                        Map.of(),
                        Map.of(
                            "limit", List.of("0"),
                            "state", List.of("active", "sleeping"),
                            "colour", List.of("red")),
                        Map.of())))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.problem().errors())
                    .extracting(FieldError::field)
                    .containsExactlyInAnyOrder("limit", "state", "colour"));
  }

  @Test
  void acceptsParametersThatKeepToTheContract() {
    RequestCheck.checkParameters(
        contract.operation("listRuns").orElseThrow(),
        new ApiRequest.Params(
            Map.of(),
            Map.of(
                "limit", List.of("500"),
                "state", List.of("active", "incident"),
                "since", List.of("2026-03-01T00:00:00Z")),
            Map.of()));
  }

  @Test
  void namesTheFieldsOfABodyThatAreWrong() {
    ContractOperation createSite = contract.operation("createSite").orElseThrow();
    String body =
        """
        {"id": "North Side", "name": "North", "zone": "Europe/Berlin", "currency": "EUR",
         "openingHours": {"monday": [{"opens": "9:00", "closes": "17:00"}]}, "colour": "red"}
        """;
    assertThatThrownBy(() -> RequestCheck.json(createSite, body.getBytes()))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().errors())
                  .extracting(FieldError::field)
                  .containsExactlyInAnyOrder("id", "openingHours.monday.0.opens", "colour");
            });
  }

  @Test
  void boundsTheNumbersOfAPolicy() {
    ContractOperation putPolicy = contract.operation("putPolicy").orElseThrow();
    String body =
        """
        {"workflow": "w", "changes": "*", "level": "automatic",
         "limits": {"percentPerChange": 1e900, "currency": "EUR", "amountPerDay": 1e900,
           "changesPerDay": 3000000000, "audiencePerDay": 1000000000001},
         "fallback": {"effect": {"variable": "ratio", "atLeast": -1e900}}}
        """;
    assertThatThrownBy(() -> RequestCheck.json(putPolicy, body.getBytes()))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.problem().errors())
                    .extracting(FieldError::field)
                    .containsExactlyInAnyOrder(
                        "limits.percentPerChange",
                        "limits.amountPerDay",
                        "limits.changesPerDay",
                        "limits.audiencePerDay",
                        "fallback.effect.atLeast"));
  }

  @Test
  void saysWhereABodyStopsBeingJson() {
    assertThatThrownBy(
            () ->
                RequestCheck.json(
                    contract.operation("createSite").orElseThrow(), "{\n  \"id\": oops".getBytes()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void checksAnswersToo() {
    assertThat(contract.checkAnswer("getMe", 200, Json.parse("{\"username\": \"ada\"}")))
        .extracting(FieldError::field)
        .contains("displayName", "roles", "groups");
  }
}
