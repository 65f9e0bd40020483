package dev.segue.bpmn.model;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The first look at a file: it refuses what could hurt a parser, and gathers all expressions. They
 * are found by their leading equals sign, wherever they stand, so that no kind of expression can be
 * forgotten.
 */
final class XmlScan {

  /** Elements that only refine the element around them, though they may have an id. */
  private static final Set<String> REFINEMENTS =
      Set.of(
          "conditionExpression",
          "completionCondition",
          "loopCardinality",
          "timeDuration",
          "timeCycle",
          "timeDate",
          "extensionElements",
          "multiInstanceLoopCharacteristics",
          "ioSpecification");

  /** Texts for people, which may begin with anything. */
  private static final Set<String> PROSE =
      Set.of("documentation", "text", "userTaskForm", "property");

  /** Whose names are looked up by the engine, and so may be expressions. */
  private static final Set<String> NAMED_BY_EXPRESSION = Set.of("message", "signal");

  private static final String HEADER = "header";
  private static final String BPMN_DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";

  private final String fileName;
  private final DiagramLimits limits;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final List<ExpressionSite> expressions = new ArrayList<>();
  private int elements;

  private XmlScan(String fileName, DiagramLimits limits) {
    this.fileName = fileName;
    this.limits = limits;
  }

  /** An open XML element, and the element of the diagram that it belongs to. */
  private record Frame(
      String localName, String elementId, String elementName, StringBuilder text) {}

  static List<ExpressionSite> expressions(String fileName, byte[] bytes, DiagramLimits limits) {
    limits.checkSize(fileName, bytes.length);
    return new XmlScan(fileName, limits).scan(bytes);
  }

  private List<ExpressionSite> scan(byte[] bytes) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new DiagramException(
                  "%s, line %d: a diagram may not have a DOCTYPE or entities of its own. Take the <!DOCTYPE …> out."
                      .formatted(fileName, reader.getLocation().getLineNumber()));
          case XMLStreamConstants.START_ELEMENT -> open(reader);
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (!frames.isEmpty()) {
              frames.element().text().append(reader.getText());
            }
          }
          case XMLStreamConstants.END_ELEMENT -> close();
          default -> {}
        }
      }
      return expressions;
    } catch (XMLStreamException e) {
      throw new DiagramException(
          "%s is not a BPMN file: it is not well-formed XML (line %d, column %d)."
              .formatted(
                  fileName,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNumber(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNumber()),
          e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private void open(XMLStreamReader reader) {
    if (++elements > limits.maxElements()) {
      throw new DiagramException(
          "%s has more than %,d XML elements. Split the process by call activities."
              .formatted(fileName, limits.maxElements()));
    }
    if (frames.size() >= limits.maxDepth()) {
      throw new DiagramException(
          "%s, line %d: elements are nested deeper than %d levels. Draw sub-processes side by side or as call activities."
              .formatted(fileName, reader.getLocation().getLineNumber(), limits.maxDepth()));
    }
    Frame frame = frame(reader);
    frames.push(frame);
    if (!BPMN_DIAGRAM.equals(reader.getNamespaceURI())) {
      attributes(reader, frame);
    }
  }

  private Frame frame(XMLStreamReader reader) {
    String localName = reader.getLocalName();
    String id = reader.getAttributeValue(null, "id");
    Frame outer = frames.peek();
    if (id == null || isRefinement(localName)) {
      return outer == null
          ? new Frame(localName, "", fileName, new StringBuilder())
          : new Frame(localName, outer.elementId(), outer.elementName(), new StringBuilder());
    }
    String name = reader.getAttributeValue(null, "name");
    return new Frame(localName, id, labelOr(id, name), new StringBuilder());
  }

  private static boolean isRefinement(String localName) {
    return REFINEMENTS.contains(localName) || localName.endsWith("EventDefinition");
  }

  private static String labelOr(String id, @Nullable String name) {
    return name == null || name.isBlank() ? id : name.strip().replaceAll("\\s+", " ");
  }

  private void attributes(XMLStreamReader reader, Frame frame) {
    String localName = frame.localName();
    if (PROSE.contains(localName)) {
      return;
    }
    String key = reader.getAttributeValue(null, "key");
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String attribute = reader.getAttributeLocalName(i);
      boolean label = attribute.equals("name") && !NAMED_BY_EXPRESSION.contains(localName);
      boolean text = localName.equals(HEADER) && (key == null || !key.endsWith("Expression"));
      if (!label && !text) {
        note(frame, place(localName, attribute, key), reader.getAttributeValue(i));
      }
    }
  }

  private static String place(String localName, String attribute, @Nullable String key) {
    return localName.equals(HEADER) && key != null ? key : localName + "." + attribute;
  }

  private void close() {
    Frame frame = frames.pop();
    if (!PROSE.contains(frame.localName())) {
      note(frame, frame.localName(), frame.text().toString());
    }
  }

  private void note(Frame frame, String place, String value) {
    String stripped = value.strip();
    if (Feel.isExpression(stripped)) {
      expressions.add(
          new ExpressionSite(
              frame.elementId(), frame.elementName(), place, Feel.expression(stripped)));
    }
  }
}
