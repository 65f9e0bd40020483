package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.xml.ModelException;

/**
 * A BPMN file that was read: well-formed, within limits, without entities, and valid by the schema
 * of BPMN. Whether it can run is {@link DiagramCheck}'s to say. Unmodifiable.
 */
public final class Diagram {

  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']");
  private static final int PROLOG = 200;

  private final String name;
  private final String xml;
  private final BpmnModelInstance model;
  private final List<ExpressionSite> expressions;
  private final DiagramContent content;

  private Diagram(
      String name, String xml, BpmnModelInstance model, List<ExpressionSite> expressions) {
    this.name = name;
    this.xml = xml;
    this.model = model;
    this.expressions = List.copyOf(expressions);
    this.content = new ModelReader(model).read();
  }

  /**
   * Reads a file's content.
   *
   * @param name what messages call the file
   * @throws DiagramException with a message for whoever drew it
   */
  public static Diagram parse(String name, byte[] bytes, DiagramLimits limits) {
    List<ExpressionSite> expressions = XmlScan.expressions(name, bytes, limits);
    BpmnModelInstance model;
    try {
      model = Bpmn.readModelFromStream(new ByteArrayInputStream(bytes));
    } catch (ModelException e) {
      throw new DiagramException(
          "%s is not valid BPMN 2.0: %s".formatted(name, firstSentence(e)), e);
    }
    Diagram diagram = new Diagram(name, decode(name, bytes), model, expressions);
    if (diagram.processes().isEmpty()) {
      throw new DiagramException("%s has no process. Draw one in it.".formatted(name));
    }
    return diagram;
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  /** The file's text. */
  public String xml() {
    return xml;
  }

  /** Its processes, in order; at least one. */
  public List<ProcessOutline> processes() {
    return content.processes();
  }

  /** The tasks that plugins serve. */
  public List<StepTask> steps() {
    return content.steps();
  }

  /** The user tasks. */
  public List<ApprovalTask> approvals() {
    return content.approvals();
  }

  /** The calls of processes and decisions. */
  public List<CalledElement> calls() {
    return content.calls();
  }

  /** All FEEL expressions, of whatever kind. */
  public List<ExpressionSite> expressions() {
    return expressions;
  }

  /** Its nodes and flows by id, such as to name what a history tells of. */
  public Map<String, DiagramElement> elements() {
    return content.elements();
  }

  /** A node or flow. */
  public Optional<DiagramElement> element(String id) {
    return Optional.ofNullable(content.elements().get(id));
  }

  BpmnModelInstance model() {
    return model;
  }

  private static String firstSentence(ModelException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage()).strip();
    return message.lines().findFirst().orElse("it could not be read");
  }

  private static String decode(String name, byte[] bytes) {
    String prolog =
        new String(bytes, 0, Math.min(PROLOG, bytes.length), StandardCharsets.ISO_8859_1);
    Matcher matcher = ENCODING.matcher(prolog.replace("\u00EF\u00BB\u00BF", ""));
    try {
      Charset charset = matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new DiagramException(
          "%s has characters that don't fit its encoding. Save it as UTF-8.".formatted(name), e);
    }
  }
}
