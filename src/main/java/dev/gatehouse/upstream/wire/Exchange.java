package dev.gatehouse.upstream.wire;

import dev.gatehouse.upstream.source.Credential;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/// One question and its answer, with redirects followed.
///
/// Redirects are followed here and not by the library, since each step is a fresh decision: which
/// pool, so which addresses, and whether the credential goes along. It goes to what the upstream
/// owns ([UpstreamSource#owns]) and, once a redirect has left that, nowhere any more.
public final class Exchange {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Transport transport;
  private final int maxRedirects;

  /// Exchanges over `transport` that follow at most `maxRedirects` redirects each.
  public Exchange(Transport transport, int maxRedirects) {
    this.transport = transport;
    this.maxRedirects = maxRedirects;
  }

  /// Asks for something; the reply is never a redirect.
  public Reply get(Question question, Deadline deadline) throws UpstreamException {
    URI uri = checked(question.uri());
    boolean trusted = true;
    for (int followed = 0; ; followed++) {
      trusted = trusted && question.source().owns(uri);
      Reply reply = send(new HttpGet(uri), question.at(uri), trusted, deadline);
      if (!REDIRECTS.contains(reply.status())) {
        return reply;
      }
      try {
        if (followed == maxRedirects) {
          throw UpstreamException.lasting(
              "The upstream at %s sends from one address to the next without end."
                  .formatted(UpstreamSource.origin(question.uri())));
        }
        uri = next(uri, reply);
      } finally {
        reply.settle();
        reply.close();
      }
    }
  }

  /// Sends something. A redirect is an answer like any other: what is pushed goes where it was
  /// meant to go or nowhere.
  public Reply put(Question question, HttpEntity body, Deadline deadline) throws UpstreamException {
    HttpPut request = new HttpPut(checked(question.uri()));
    request.setEntity(body);
    return send(request, question, question.source().owns(question.uri()), deadline);
  }

  /// Asks by a body. A redirect is an answer like any other.
  public Reply post(Question question, HttpEntity body, Deadline deadline)
      throws UpstreamException {
    HttpPost request = new HttpPost(checked(question.uri()));
    request.setEntity(body);
    return send(request, question, question.source().owns(question.uri()), deadline);
  }

  private Reply send(
      HttpUriRequestBase request, Question question, boolean trusted, Deadline deadline)
      throws UpstreamException {
    question.headers().forEach(request::setHeader);
    Credential credential = question.source().credential();
    if (trusted && credential != null) {
      request.setHeader(HttpHeaders.AUTHORIZATION, credential.header());
    }
    return transport.send(question.source(), request, question.uri(), deadline);
  }

  private static URI next(URI from, Reply reply) throws UpstreamException {
    String location = reply.header(HttpHeaders.LOCATION);
    URI to;
    try {
      to = checked(from.resolve(new URI(location == null ? ":" : location)));
    } catch (java.net.URISyntaxException _) {
      throw unusable(from);
    }
    if (from.getScheme().equalsIgnoreCase("https") && !to.getScheme().equalsIgnoreCase("https")) {
      throw UpstreamException.lasting(
          "The upstream at %s sends from https to plain http, which is not followed."
              .formatted(UpstreamSource.origin(from)));
    }
    return to;
  }

  /// `uri` in a form that can be asked: absolute, http or https, with a host, without a user.
  private static URI checked(URI uri) throws UpstreamException {
    String scheme = uri.getScheme();
    boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!web || uri.getHost() == null || uri.getPort() > 65535 || uri.getRawUserInfo() != null) {
      throw unusable(uri);
    }
    return uri;
  }

  private static UpstreamException unusable(URI uri) {
    return UpstreamException.lasting(
        "The upstream points to an address that cannot be asked for"
            + (uri.getHost() == null ? "." : ", at " + UpstreamSource.origin(uri) + "."));
  }
}
