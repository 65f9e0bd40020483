package dev.segue.server.workflows;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ids by which diagrams refer to forms and decisions. */
final class ResourceIds {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ResourceIds() {}

  /** The id of a Camunda form. */
  static String form(PackageFile file) {
    try {
      JsonNode id = JSON.readTree(file.content()).path("id");
      if (id.isString() && !id.asString().isBlank()) {
        return id.asString();
      }
    } catch (JacksonException e) {
      throw new PackageException(
          "%s is not a Camunda form: it is not JSON. Save it with the form editor."
              .formatted(file.path()),
          e);
    }
    throw new PackageException(
        "%s has no id. Give the form one in the form editor.".formatted(file.path()));
  }

  /** The ids of a DMN file's decisions. */
  static List<String> decisions(PackageFile file) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<String> ids = new ArrayList<>();
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(file.content()));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
          throw new PackageException("%s has a DOCTYPE. Take it out.".formatted(file.path()));
        }
        if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("decision")) {
          String id = reader.getAttributeValue(null, "id");
          if (id != null) {
            ids.add(id);
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new PackageException(
          "%s is not a DMN file: it is not well-formed XML.".formatted(file.path()), e);
    }
    return ids;
  }
}
