package dev.segue.server.cli.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A path below {@code /api/v1} with its query; segments and values are encoded here. */
public final class ApiPath {

  private final List<String> segments;
  private final List<String> query;

  private ApiPath(List<String> segments, List<String> query) {
    this.segments = segments;
    this.query = query;
  }

  /** The path of these segments, such as {@code runs}, an id. */
  public static ApiPath of(String... segments) {
    return new ApiPath(List.of(segments), List.of());
  }

  /** The same with a query parameter, unless the value is null. */
  public ApiPath with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    List<String> more = new ArrayList<>(query);
    more.add(encoded(name) + "=" + encoded(value.toString()));
    return new ApiPath(segments, List.copyOf(more));
  }

  /** The same with a query parameter for each value. */
  public ApiPath withEach(String name, @Nullable Collection<String> values) {
    ApiPath path = this;
    for (String value : values == null ? List.<String>of() : values) {
      path = path.with(name, value);
    }
    return path;
  }

  URI under(URI server) {
    String base = server.toString().replaceAll("/+$", "");
    String path =
        Stream.concat(Stream.of("api", "v1"), segments.stream().map(ApiPath::encoded))
            .collect(Collectors.joining("/", "/", ""));
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
