package dev.segue.server.http;

import dev.segue.server.http.ui.UiFile;
import dev.segue.server.http.ui.UiFiles;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends the pages: files by their names, the one page for every other address that a person could
 * have typed or bookmarked, and nothing at all where programs call.
 */
final class UiRoute {

  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

  private static final Pattern FOR_PROGRAMS = Pattern.compile("/(api|hooks|health|metrics)(/.*)?");
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private final UiFiles files;
  private final Offload offload;

  UiRoute(UiFiles files, Offload offload) {
    this.files = files;
    this.offload = offload;
  }

  void handle(RoutingContext context) {
    String path = context.normalizedPath();
    if (!READING.contains(context.request().method()) || FOR_PROGRAMS.matcher(path).matches()) {
      context.next();
      return;
    }
    String accepted = context.request().getHeader("Accept-Encoding");
    String name = path.substring(1);
    boolean isPage = !name.substring(name.lastIndexOf('/') + 1).contains(".");
    offload.call(
        context,
        () -> isPage ? files.page(accepted) : files.find(name, accepted),
        found -> answer(context, found, isPage));
  }

  private static void answer(RoutingContext context, Optional<UiFile> found, boolean isPage) {
    if (found.isPresent()) {
      send(context, found.get());
    } else if (isPage) {
      Replies.plain(
          context,
          503,
          """
          Segue runs, but its pages were not built.

          Build it without -Dui.skip (./segue does), which needs Node 20.19 or newer, and start it
          again. The API at /api/v1 and the segue command work all the same.""");
    } else {
      context.next();
    }
  }

  private static void send(RoutingContext context, UiFile file) {
    HttpServerResponse response =
        context
            .response()
            .putHeader("Content-Security-Policy", POLICY)
            .putHeader("Cache-Control", file.immutable() ? FOR_GOOD : "no-cache")
            .putHeader("ETag", file.tag())
            .putHeader("Vary", "Accept-Encoding");
    if (isKnown(context.request().getHeader("If-None-Match"), file.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    if (file.encoding() != null) {
      response.putHeader("Content-Encoding", file.encoding());
    }
    response.putHeader("Content-Type", file.mediaType());
    if (context.request().method() == HttpMethod.HEAD) {
      response.putHeader("Content-Length", Integer.toString(file.content().length)).end();
    } else {
      response.end(Buffer.buffer(file.content()));
    }
  }

  private static boolean isKnown(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(known -> known.equals(tag) || known.equals("W/" + tag) || known.equals("*"));
  }
}
