package dev.segue.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiagramCheckTest {

  private static final Feel FEEL = new Feel();
  private static final String APPROVAL =
      """
      <bpmn:userTask id="approve" name="Approve prices"><bpmn:extensionElements><zeebe:userTask/>%s</bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>"""
          .formatted(Bpmn.header("segue.changes", "changes"));

  @Test
  void findsNothingWrongInASoundDiagram() {
    assertThat(
            check(step(Bpmn.definition("bakery:bake:1"))).stream()
                .filter(finding -> finding.severity() != Finding.Severity.INFO))
        .isEmpty();
  }

  @Test
  void namesAStepTypeThatNobodyServes() {
    assertThat(check(step(Bpmn.definition("bakery:burn:1"))))
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo("unknown-step");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
              assertThat(finding.elementId()).isEqualTo("middle");
              assertThat(finding.message())
                  .isEqualTo(
                      "Step middle: no installed plugin serves the step type bakery:burn:1.");
            });
  }

  @Test
  void namesAPinThatNothingServes() {
    InstalledSteps oneVersion =
        new InstalledSteps() {
          @Override
          public boolean serves(String stepType) {
            return true;
          }

          @Override
          public boolean serves(String stepType, VersionRange versions) {
            return versions.contains(SemanticVersion.of(1, 4, 0));
          }
        };
    DiagramCheck check =
        new DiagramCheck(FEEL, new Surroundings(oneVersion, any -> true, any -> true, any -> true));
    Function<String, List<String>> rules =
        pin ->
            check
                .check(
                    Bpmn.parse(
                        step(
                            Bpmn.definition("bakery:bake:1")
                                + Bpmn.header("segue.plugin-version", pin))))
                .stream()
                .map(Finding::rule)
                .toList();

    assertThat(rules.apply("1.4.0")).doesNotContain("unserved-pin", "bad-pin");
    assertThat(rules.apply("^1.2")).doesNotContain("unserved-pin", "bad-pin");
    assertThat(rules.apply("2.0.0")).contains("unserved-pin");
    assertThat(rules.apply("the good one")).contains("bad-pin");
  }

  @Test
  void namesABrokenExpressionWithItsElementAndText() {
    String mapping =
        "<zeebe:ioMapping><zeebe:input source=\"=1 +\" target=\"loaves\"/></zeebe:ioMapping>";

    assertThat(check(step(Bpmn.definition("bakery:bake:1") + mapping)))
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo("feel");
              assertThat(finding.message())
                  .startsWith(
                      "Step middle: the FEEL expression '1 +' (input.source) can't be read");
            });
  }

  @Test
  void checksTheExpressionsInConnectorHeaders() {
    assertThat(
            rules(
                step(Bpmn.definition("bakery:bake:1") + Bpmn.header("resultExpression", "={a:}"))))
        .contains("feel");
    assertThat(rules(step(Bpmn.definition("bakery:bake:1") + Bpmn.header("greeting", "=) hello"))))
        .doesNotContain("feel");
  }

  @Test
  void protectsTheReservedVariable() {
    assertThat(
            rules(step(Bpmn.definition("bakery:bake:1") + Bpmn.header("resultVariable", "segue"))))
        .contains("reserved-variable");
    assertThat(
            rules(
                step(
                    Bpmn.definition("bakery:bake:1")
                        + "<zeebe:ioMapping><zeebe:output source=\"=1\" target=\"segue.mode\"/></zeebe:ioMapping>")))
        .contains("reserved-variable");
  }

  @Test
  void wantsUserTasksThatTheInboxCanShow() {
    String task =
        "<bpmn:userTask id=\"middle\" name=\"Taste\"><bpmn:incoming>toMiddle</bpmn:incoming>"
            + "<bpmn:outgoing>toEnd</bpmn:outgoing></bpmn:userTask>";

    assertThat(check(Bpmn.around(task)))
        .anySatisfy(finding -> assertThat(finding.text()).contains("Taste", "<zeebe:userTask/>"));
  }

  @Test
  void findsChangesThatNobodyApproves() {
    assertThat(rules(step(Bpmn.definition("bakery:raise.apply:1"))))
        .contains("unapproved-changes", "stale-changes");
    assertThat(
            rules(
                step(
                    Bpmn.definition("bakery:raise.apply:1")
                        + Bpmn.header("segue.approval", "none"))))
        .contains("no-approval")
        .doesNotContain("unapproved-changes");
    assertThat(rules(approved(""))).doesNotContain("unapproved-changes");
  }

  @Test
  void findsThePathAroundAnApproval() {
    String bypass =
        "<bpmn:boundaryEvent id=\"late\" attachedToRef=\"approve\"><bpmn:outgoing>f4</bpmn:outgoing>"
            + "<bpmn:timerEventDefinition id=\"t\"><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1H</bpmn:timeDuration>"
            + "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
            + Bpmn.flow("f4", "late", "apply");

    assertThat(rules(approved(bypass))).contains("unapproved-changes");
  }

  @Test
  void isContentWithAnErrorPathForStaleChanges() {
    String stale =
        "<bpmn:boundaryEvent id=\"stale\" attachedToRef=\"apply\"><bpmn:outgoing>f5</bpmn:outgoing>"
            + "<bpmn:errorEventDefinition id=\"e\" errorRef=\"staleError\"/></bpmn:boundaryEvent>"
            + Bpmn.flow("f5", "stale", "end");

    String xml =
        approved(stale)
            .replace(
                "<bpmn:process ",
                "<bpmn:error id=\"staleError\" name=\"Stale\" errorCode=\"CHANGES_STALE\"/><bpmn:process ");

    assertThat(rules(xml)).doesNotContain("stale-changes", "unapproved-changes");
  }

  @Test
  void tellsOfAStepThatWasDrawnForAnOlderPlugin() {
    assertThat(drawnWith("bakery:bake:1", "1003009"))
        .filteredOn(finding -> finding.rule().equals("old-template"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.INFO);
              assertThat(finding.elementId()).isEqualTo("middle");
              assertThat(finding.message())
                  .isEqualTo(
                      "Step middle: it was drawn for version 1.3.9 of its plugin; 1.4.0 is"
                          + " installed.");
            });
  }

  @Test
  void saysNothingOfTemplatesThatAreUpToDateOrForeign() {
    for (String[] used :
        new String[][] {
          {"bakery:bake:1", "1004000"},
          {"bakery:bake:1", "2000000"},
          {"bakery:bake:1", "soon"},
          {"io.camunda.connectors.HttpJson.v2", "1"}
        }) {
      assertThat(drawnWith(used[0], used[1]))
          .extracting(Finding::rule)
          .doesNotContain("old-template");
    }
  }

  private static List<Finding> drawnWith(String template, String version) {
    InstalledSteps installed =
        new InstalledSteps() {
          @Override
          public boolean serves(String stepType) {
            return true;
          }

          @Override
          public OptionalLong templateVersion(String stepType) {
            return OptionalLong.of(1_004_000);
          }
        };
    String xml =
        step(Bpmn.definition("bakery:bake:1"))
            .replace(
                "<bpmn:serviceTask ",
                "<bpmn:serviceTask zeebe:modelerTemplate=\"%s\" zeebe:modelerTemplateVersion=\"%s\" "
                    .formatted(template, version));
    return new DiagramCheck(
            FEEL, new Surroundings(installed, any -> true, any -> true, any -> true))
        .check(Bpmn.parse(xml));
  }

  @Test
  void passesOnWhatTheEngineWouldRefuse() {
    String noDefinition = Bpmn.task("middle", "toMiddle", "toEnd", "");

    assertThat(check(Bpmn.around(noDefinition)))
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo("engine");
              assertThat(finding.elementId()).isEqualTo("middle");
            });
    assertThat(
            rules(
                step(Bpmn.definition("bakery:bake:1"))
                    .replace("isExecutable=\"true\"", "isExecutable=\"false\"")))
        .contains("not-executable");
  }

  private static String approved(String more) {
    return Bpmn.process(
        Bpmn.start("f1")
            + Bpmn.flow("f1", "start", "approve")
            + APPROVAL
            + Bpmn.flow("f2", "approve", "apply")
            + Bpmn.task("apply", "f2", "f3", Bpmn.definition("bakery:raise.apply:1"))
            + Bpmn.flow("f3", "apply", "end")
            + Bpmn.end("end", "f3")
            + more);
  }

  private static String step(String extensions) {
    return Bpmn.around(Bpmn.task("middle", "toMiddle", "toEnd", extensions));
  }

  private static List<String> rules(String xml) {
    return check(xml).stream().map(Finding::rule).toList();
  }

  private static List<Finding> check(String xml) {
    Surroundings surroundings =
        new Surroundings(
            type -> !type.contains("burn"), form -> false, decision -> false, process -> false);
    return new DiagramCheck(FEEL, surroundings).check(Bpmn.parse(xml));
  }
}
