package dev.segue.server.cli.output;

import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.api.Listing;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where a command's results go: one array or object in JSON, or tables and sentences. */
public final class Output {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Format format;
  private final Texts texts;

  /** Prints results to {@code out} and remarks to {@code err}. */
  public Output(PrintWriter out, PrintWriter err, Format format, Texts texts) {
    this.out = out;
    this.err = err;
    this.format = format;
    this.texts = texts;
  }

  /** Whether a program reads the result. */
  public boolean isJson() {
    return format == Format.JSON;
  }

  /** How values are shown to people. */
  public Texts texts() {
    return texts;
  }

  /** Prints a list: an array of the API's objects, or a table; in words if there is nothing. */
  public void list(Listing listing, String whenEmpty, Column... columns) {
    if (isJson()) {
      out.println(Json.pretty(listing.items()));
    } else if (listing.items().isEmpty()) {
      out.println(whenEmpty);
    } else {
      table(listing.items(), columns);
    }
    out.flush();
    if (listing.more()) {
      remark("these are the first %d; --all shows the rest.".formatted(listing.items().size()));
    }
  }

  /** Prints the answer to something that was done: the object, or a sentence. */
  public void done(JsonNode answer, String sentence) {
    if (isJson()) {
      json(answer);
    } else {
      line(sentence);
    }
  }

  /** Prints JSON. */
  public void json(JsonNode node) {
    out.println(Json.pretty(node));
    out.flush();
  }

  /** Prints rows as a table. */
  public void table(Iterable<JsonNode> rows, Column... columns) {
    List<List<String>> cells = new ArrayList<>();
    for (JsonNode row : rows) {
      cells.add(Arrays.stream(columns).map(column -> column.cell().apply(row, texts)).toList());
    }
    table(Arrays.stream(columns).map(Column::title).toList(), cells);
  }

  /** Prints cells as a table. */
  public void table(List<String> header, List<List<String>> cells) {
    new Table(header, cells).lines().forEach(out::println);
    out.flush();
  }

  /** Prints fields of an object below each other; those without a value are left out. */
  public void fields(JsonNode object, Column... fields) {
    int width = Arrays.stream(fields).mapToInt(field -> field.title().length()).max().orElse(0);
    for (Column field : fields) {
      String text = field.cell().apply(object, texts);
      if (!text.isBlank()) {
        out.println(field.title() + " ".repeat(width - field.title().length() + 2) + text);
      }
    }
    out.flush();
  }

  /** Prints a heading above a part of the result. */
  public void heading(String text) {
    out.println();
    out.println(text);
    out.flush();
  }

  /** Prints a line. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a document as it is. */
  public void document(String text) {
    out.print(text);
    if (!text.endsWith("\n")) {
      out.println();
    }
    out.flush();
  }

  /** Says something that is not part of the result. */
  public void remark(String text) {
    err.println("segue: " + text);
    err.flush();
  }
}
