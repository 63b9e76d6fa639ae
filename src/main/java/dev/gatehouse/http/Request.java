package dev.gatehouse.http;

import dev.gatehouse.http.connection.DecodedBody;
import dev.gatehouse.http.connection.InboundBody;
import dev.gatehouse.http.connection.Origin;
import dev.gatehouse.http.route.LoggedPath;
import dev.gatehouse.http.route.RouteMatch;
import dev.gatehouse.http.wire.Domain;
import dev.gatehouse.http.wire.EntityTags;
import dev.gatehouse.http.wire.PathSegments;
import dev.gatehouse.http.wire.QueryString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A request. It belongs to one thread at a time: the event loop, then perhaps a virtual thread.
public final class Request {
  private final HttpServerRequest http;
  private final Exchange.Service service;
  private final Runnable sendContinue;
  private final String id = Long.toString(ThreadLocalRandom.current().nextLong() >>> 4, 32);
  private final RequestLog log = new RequestLog();
  private Origin.@Nullable Address address;
  private @Nullable List<String> segments;
  private @Nullable Router router;
  private RouteMatch.@Nullable Found<Handler> route;
  private @Nullable Map<Class<?>, Object> attachments;
  private @Nullable InboundBody body;

  Request(HttpServerRequest http, Exchange.Service service, Runnable sendContinue) {
    this.http = http;
    this.service = service;
    this.sendContinue = sendContinue;
  }

  /// A short random name of this request: clients get it as `x-request-id`, and the logs have it.
  public String id() {
    return id;
  }

  /// The method, in capitals.
  public String method() {
    return http.method().name();
  }

  /// The path as it came: without the query, still percent-encoded.
  public String path() {
    String path = http.path();
    return path == null ? "/" : path;
  }

  /// The path's segments, decoded once and strictly, without empty ones at the end. An encoded
  /// slash stays inside its segment: `/@s%2fn` is `["@s/n"]` and `/@s/n` is `["@s", "n"]`. Both are
  /// the package `@s/n` to a router's `{name}`.
  public List<String> segments() {
    List<String> known = segments;
    if (known == null) {
      known = PathSegments.of(path());
      segments = known;
    }
    return known;
  }

  /// The query as it came, null if there is none.
  public @Nullable String rawQuery() {
    return http.query();
  }

  /// The decoded value of a query parameter, the first of its name; null if it is absent.
  public @Nullable String query(String name) {
    return QueryString.value(http.query(), name);
  }

  /// The first header of a name, in any case.
  public @Nullable String header(String name) {
    return http.getHeader(name);
  }

  /// All headers of a name.
  public List<String> headers(String name) {
    return http.headers().getAll(name);
  }

  /// Who asks: the peer, or, if that is a trusted proxy, the nearest address before it in
  /// X-Forwarded-For that is none.
  public InetAddress client() {
    return service.origin().client(http);
  }

  /// The server's address as the client sees it, without a slash at its end: the configured one, or
  /// else scheme and host of this request.
  public String baseUrl() {
    return address().url();
  }

  /// The workspace whose own host the client used, whether there is one of that name or not; null
  /// if it used another host, as where no domain is configured.
  public @Nullable String hostWorkspace() {
    return address().workspace();
  }

  /// The address of a workspace's own host, without a slash at its end; null if it has none.
  public @Nullable String ownUrl(String workspace) {
    return service.origin().own(address(), workspace);
  }

  /// Below which domain workspaces have hosts of their own; null: they have none.
  public @Nullable Domain domain() {
    return service.origin().domain();
  }

  private Origin.Address address() {
    Origin.Address known = address;
    if (known == null) {
      known = service.origin().address(http);
      address = known;
    }
    return known;
  }

  /// The body's declared length in bytes, -1 if there is none.
  public long contentLength() {
    String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// The body as it came, up to the server's limit. Only for [Handler#handle]: reading blocks.
  public InputStream body() {
    return body(service.limits().body());
  }

  /// The body as it came, up to `limit` bytes. The first call decides the limit.
  public InputStream body(long limit) {
    InboundBody known = body;
    if (known == null) {
      if (contentLength() > limit) {
        throw InboundBody.tooLarge(limit);
      }
      known = new InboundBody(http, limit, service.limits().bodyStall());
      body = known;
      if (expectsContinue()) {
        sendContinue.run();
      }
    }
    return known;
  }

  /// The body without its content coding (gzip or none), up to `limit` decoded bytes.
  public InputStream decodedBody(long limit) throws IOException {
    String coding = http.getHeader("content-encoding");
    return DecodedBody.of(body(limit), coding == null ? "" : coding, limit);
  }

  /// A variable of the route that matched.
  ///
  /// @throws IllegalArgumentException if the route has none of this name
  public String variable(String name) {
    RouteMatch.Found<Handler> found = route;
    if (found != null) {
      for (RouteMatch.Variable variable : found.variables().reversed()) {
        if (variable.name().equals(name)) {
          return variable.value();
        }
      }
    }
    throw new IllegalArgumentException("No variable {" + name + "} in the route");
  }

  /// Whether If-None-Match names `etag` (with its quotes), so that the answer is 304.
  public boolean matches(String etag) {
    if (!http.headers().contains(HttpHeaders.IF_NONE_MATCH)) {
      return false;
    }
    for (String list : http.headers().getAll(HttpHeaders.IF_NONE_MATCH)) {
      if (EntityTags.matches(list, etag)) {
        return true;
      }
    }
    return false;
  }

  /// Notes for the access log.
  public RequestLog log() {
    return log;
  }

  /// Keeps a value for the handlers further in, such as the actor that a filter found.
  public <T> void attach(Class<T> type, T value) {
    if (attachments == null) {
      attachments = new HashMap<>(4);
    }
    attachments.put(type, value);
  }

  /// What was attached under `type`, null if nothing was.
  public <T> @Nullable T attachment(Class<T> type) {
    Object value = attachments == null ? null : attachments.get(type);
    return value == null ? null : type.cast(value);
  }

  void routed(Router by, RouteMatch.Found<Handler> found) {
    router = by;
    route = found;
  }

  RouteMatch.@Nullable Found<Handler> routedBy(Router by) {
    return router == by ? route : null;
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(http.getHeader(HttpHeaders.EXPECT));
  }

  /// Whether a body was announced and its reading has not begun.
  boolean bodyIsUntouched() {
    return body == null && mayHaveBody();
  }

  /// HTTP/2 need not announce a body.
  boolean mayHaveBody() {
    return http.version() == HttpVersion.HTTP_2
        || contentLength() > 0
        || http.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /// The path for the logs: printable, and without what a route calls a secret.
  String loggedPath() {
    return LoggedPath.of(path(), segments, route == null ? List.of() : route.variables());
  }
}
