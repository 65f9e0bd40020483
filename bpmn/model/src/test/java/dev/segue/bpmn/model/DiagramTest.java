package dev.segue.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagramTest {

  @Test
  void tellsWhatADiagramHolds() {
    Diagram diagram =
        Bpmn.parse(
            Bpmn.around(
                Bpmn.task(
                    "middle",
                    "toMiddle",
                    "toEnd",
                    Bpmn.definition("bakery:bake:1")
                        + "<zeebe:ioMapping><zeebe:input source=\"=flour\" target=\"flour\"/></zeebe:ioMapping>"
                        + Bpmn.header("resultVariable", "bread"))));

    assertThat(diagram.processes())
        .containsExactly(new ProcessOutline("bakery", "Bake bread", true, null));
    assertThat(diagram.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.stepType()).isEqualTo("bakery:bake:1");
              assertThat(step.headers()).containsEntry("resultVariable", "bread");
              assertThat(step.inputs()).containsExactly(new VariableMapping("=flour", "flour"));
            });
    assertThat(diagram.element("middle"))
        .contains(
            new DiagramElement(
                "middle",
                "Step middle",
                "serviceTask",
                "bakery",
                "bakery:bake:1",
                List.of("flour")));
    assertThat(diagram.expressions())
        .containsExactly(new ExpressionSite("middle", "Step middle", "input.source", "flour"));
  }

  @Test
  void findsExpressionsWhereverTheyStand() {
    Diagram diagram =
        Bpmn.parse(
            Bpmn.process(
                Bpmn.start("f1")
                    + Bpmn.flow("f1", "start", "wait")
                    + """
                    <bpmn:intermediateCatchEvent id="wait" name="Wait a while">
                      <bpmn:documentation>= not an expression</bpmn:documentation>
                      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
                      <bpmn:timerEventDefinition id="timer">
                        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=pause</bpmn:timeDuration>
                      </bpmn:timerEventDefinition>
                    </bpmn:intermediateCatchEvent>"""
                    + Bpmn.flow("f2", "wait", "end")
                    + Bpmn.end("end", "f2")));

    assertThat(diagram.expressions())
        .containsExactly(new ExpressionSite("wait", "Wait a while", "timeDuration", "pause"));
  }

  @Test
  void refusesExternalEntities() {
    String xml =
        Bpmn.around(Bpmn.task("middle", "toMiddle", "toEnd", Bpmn.definition("a:b:1")))
            .replace("?>", "?><!DOCTYPE x [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>")
            .replace("Bake bread", "&secret;");

    assertThatThrownBy(() -> Bpmn.parse(xml))
        .isInstanceOf(DiagramException.class)
        .hasMessage(
            "bakery.bpmn, line 1: a diagram may not have a DOCTYPE or entities of its own."
                + " Take the <!DOCTYPE …> out.");
  }

  @Test
  void refusesAFileOf100MegabytesByItsSizeAlone() {
    assertThatThrownBy(() -> DiagramLimits.DEFAULT.checkSize("huge.bpmn", 100_000_000))
        .isInstanceOf(DiagramException.class)
        .hasMessageStartingWith("huge.bpmn has 100,000,000 bytes; a diagram may have 5,000,000.");
  }

  @Test
  void refusesTooManyAndTooDeeplyNestedElements() {
    String many = Bpmn.process("<bpmn:documentation/>".repeat(20));
    String deep = Bpmn.process("<bpmn:x>".repeat(20) + "</bpmn:x>".repeat(20));

    assertThatThrownBy(() -> parse(many, new DiagramLimits(100_000, 10, 100)))
        .hasMessageContaining("more than 10 XML elements");
    assertThatThrownBy(() -> parse(deep, new DiagramLimits(100_000, 100, 10)))
        .hasMessageContaining("nested deeper than 10 levels");
  }

  @Test
  void saysWhereAFileStopsToBeXml() {
    assertThatThrownBy(() -> Bpmn.parse("<bpmn:definitions"))
        .hasMessageContaining("bakery.bpmn is not a BPMN file", "line 1");
    assertThatThrownBy(() -> Bpmn.parse("")).hasMessageContaining("not well-formed XML");
  }

  @Test
  void saysWhatIsNotBpmn() {
    assertThatThrownBy(() -> Bpmn.parse("<html/>"))
        .isInstanceOf(DiagramException.class)
        .hasMessageContaining("bakery.bpmn is not valid BPMN 2.0");
    assertThatThrownBy(() -> Bpmn.parse(Bpmn.process("<bpmn:sequenceFloh id=\"x\"/>")))
        .isInstanceOf(DiagramException.class)
        .hasMessageContaining("sequenceFloh");
    assertThatThrownBy(() -> Bpmn.parse(Bpmn.definitions("")))
        .hasMessageContaining("has no process");
  }

  @Test
  void readsOtherEncodings() {
    String xml = Bpmn.process("").replace("UTF-8", "ISO-8859-1").replace("Bake bread", "Brötchen");

    Diagram diagram =
        Diagram.parse("b.bpmn", xml.getBytes(StandardCharsets.ISO_8859_1), DiagramLimits.DEFAULT);

    assertThat(diagram.xml()).contains("Brötchen");
  }

  private static Diagram parse(String xml, DiagramLimits limits) {
    return Diagram.parse("bakery.bpmn", Bpmn.bytes(xml), limits);
  }
}
