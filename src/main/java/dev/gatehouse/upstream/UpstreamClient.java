package dev.gatehouse.upstream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.upstream.address.AddressLookup;
import dev.gatehouse.upstream.address.SystemAddressLookup;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamLimits;
import dev.gatehouse.upstream.source.UpstreamSource;
import dev.gatehouse.upstream.wire.Deadline;
import dev.gatehouse.upstream.wire.Exchange;
import dev.gatehouse.upstream.wire.Question;
import dev.gatehouse.upstream.wire.Refusals;
import dev.gatehouse.upstream.wire.Reply;
import dev.gatehouse.upstream.wire.Retries;
import dev.gatehouse.upstream.wire.Transport;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/// Asks registries elsewhere. One per process: it holds the connections.
///
/// What it asks for is chosen by documents that strangers write, so every address is guarded (see
/// [Transport]), every time and size is bounded, and the credential stays at its upstream. A fault
/// is never "not found".
public final class UpstreamClient implements AutoCloseable {
  private final UpstreamLimits limits;
  private final Path scratch;
  private final String instanceId;
  private final Supplier<Trust> trust;
  private final Retries retries;
  private @Nullable Lines lines;

  /// A client that keeps documents on their way in `scratch` and tells loops by `instanceId`, which
  /// is the same for all nodes of one installation.
  public UpstreamClient(UpstreamLimits limits, Path scratch, String instanceId) {
    this(
        limits,
        scratch,
        instanceId,
        () ->
            new Trust(
                new SystemAddressLookup(limits.times().connect()), SSLContexts.createDefault()));
  }

  /// A client that finds and trusts hosts in its own way.
  public UpstreamClient(UpstreamLimits limits, Path scratch, String instanceId, Trust trust) {
    this(limits, scratch, instanceId, () -> trust);
  }

  private UpstreamClient(
      UpstreamLimits limits, Path scratch, String instanceId, Supplier<Trust> trust) {
    if (!Hops.isId(instanceId)) {
      throw new IllegalArgumentException("An instance id is made of letters and digits.");
    }
    this.limits = limits;
    this.scratch = scratch;
    this.instanceId = instanceId;
    this.trust = trust;
    this.retries = new Retries(limits.times().retryPause());
  }

  private record Lines(Transport transport, Exchange exchange) {}

  /// Makes ready what the first question needs: reading the certificates that this machine trusts
  /// takes a while, and a server that starts has no time for it.
  public void prepare() {
    var _ = lines();
  }

  private synchronized Lines lines() {
    if (lines == null) {
      Trust trusted = trust.get();
      Transport transport = new Transport(limits, trusted.lookup(), trusted.tls());
      lines = new Lines(transport, new Exchange(transport, limits.redirects()));
    }
    return lines;
  }

  private Transport transport() {
    return lines().transport();
  }

  private Exchange exchange() {
    return lines().exchange();
  }

  /// How hosts are found and which certificates are believed.
  public record Trust(AddressLookup lookup, SSLContext tls) {}

  /// What this installation is called in [Hops].
  public String instanceId() {
    return instanceId;
  }

  /// Whether a request that came in with this [Hops#HEADER] has been here before, so that asking an
  /// upstream for it would go round in a circle.
  public boolean isLoop(@Nullable String header) {
    return Hops.parse(header).isLoopFor(instanceId);
  }

  /// Any JSON document, if it is another than the copy that is here already.
  public DocumentAnswer document(UpstreamSource source, DocumentQuestion asked, Hops hops) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Accept-Encoding", "gzip");
    headers.put(Hops.HEADER, hops.headerFrom(instanceId));
    Validators validators = asked.validators();
    if (validators != null) {
      headers.putAll(validators.headers());
    }
    Question question = new Question(source, source.resolve(asked.path()), headers);
    try (Deadline deadline = transport().start(limits.times().document())) {
      return retries.run(deadline, () -> receive(question, asked, deadline));
    } catch (UpstreamException failed) {
      return new DocumentAnswer.Failed(failed.sentence(), failed.timedOut());
    }
  }

  private DocumentAnswer receive(Question question, DocumentQuestion asked, Deadline deadline)
      throws UpstreamException {
    Validators validators = asked.validators();
    boolean conditional = validators != null && !validators.isEmpty();
    try (Reply reply = exchange().get(question, deadline)) {
      if (reply.status() == 200) {
        return new DocumentBody(reply, limits.sizes().document()).receive(scratch);
      }
      reply.settle();
      if (reply.status() == 304 && conditional) {
        return new DocumentAnswer.NotModified();
      }
      if (asked.absent().contains(reply.status())) {
        return new DocumentAnswer.NotFound();
      }
      throw Refusals.of(reply, question.source());
    }
  }

  /// The file at `url`, which a document of `source` named: there or at any public host.
  public TarballAnswer tarball(UpstreamSource source, URI url, Hops hops) {
    Map<String, String> headers =
        Map.of(
            "Accept",
            "*/*",
            "Accept-Encoding",
            "identity",
            Hops.HEADER,
            hops.headerFrom(instanceId));
    Question question = new Question(source, url, headers);
    Deadline deadline = transport().start(limits.times().tarball());
    TarballAnswer answer = new TarballAnswer.NotFound();
    try {
      answer = retries.run(deadline, () -> open(question, deadline));
    } catch (UpstreamException failed) {
      answer = new TarballAnswer.Failed(failed.sentence(), failed.timedOut());
    } finally {
      if (!(answer instanceof TarballAnswer.Opened)) {
        deadline.close();
      }
    }
    return answer;
  }

  private TarballAnswer open(Question question, Deadline deadline) throws UpstreamException {
    Reply reply = exchange().get(question, deadline);
    try {
      if (reply.status() == 200) {
        TarballStream stream = new TarballStream(reply, deadline, limits.sizes().tarball());
        return new TarballAnswer.Opened(stream);
      }
      reply.settle();
      if (DocumentQuestion.ABSENT.contains(reply.status())) {
        return new TarballAnswer.NotFound();
      }
      throw Refusals.of(reply, question.source());
    } catch (UpstreamException failed) {
      reply.close();
      throw failed;
    }
  }

  /// The file at `url`, at `source` or any public host, if it changed since `validators`.
  public FileAnswer file(UpstreamSource source, URI url, Validators validators) {
    Map<String, String> headers = new LinkedHashMap<>(validators.headers());
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", "identity");
    Question question = new Question(source, url, headers);
    Deadline deadline = transport().start(limits.times().tarball());
    FileAnswer answer = new FileAnswer.NotModified();
    try {
      answer = retries.run(deadline, () -> openFile(question, deadline));
      return answer;
    } catch (UpstreamException failed) {
      return new FileAnswer.Failed(failed.sentence(), failed.timedOut());
    } finally {
      if (!(answer instanceof FileAnswer.Opened)) {
        deadline.close();
      }
    }
  }

  private FileAnswer openFile(Question question, Deadline deadline) throws UpstreamException {
    Reply reply = exchange().get(question, deadline);
    try {
      if (reply.status() == 200) {
        TarballStream stream = new TarballStream(reply, deadline, limits.sizes().tarball());
        return new FileAnswer.Opened(
            stream, new Validators(reply.header("ETag"), reply.header("Last-Modified")));
      }
      reply.settle();
      if (reply.status() == 304) {
        reply.close();
        return new FileAnswer.NotModified();
      }
      throw Refusals.of(reply, question.source());
    } catch (UpstreamException failed) {
      reply.close();
      throw failed;
    }
  }

  /// What `source` answers, once, to a JSON document that is sent to it.
  public DocumentAnswer ask(UpstreamSource source, JsonQuestion asked, Hops hops) {
    Question question = pushed(source, asked.path(), hops);
    StringEntity body = new StringEntity(asked.json(), ContentType.APPLICATION_JSON);
    try (Deadline deadline = transport().start(asked.time());
        Reply reply = exchange().post(question, body, deadline)) {
      if (reply.status() == 200) {
        return new DocumentBody(reply, asked.bytes()).receive(scratch);
      }
      reply.settle();
      if (DocumentQuestion.ABSENT.contains(reply.status())) {
        return new DocumentAnswer.NotFound();
      }
      throw Refusals.of(reply, question.source());
    } catch (UpstreamException failed) {
      return new DocumentAnswer.Failed(failed.sentence(), failed.timedOut());
    }
  }

  /// A small document, asked for once at `source` or any public host, without its credential.
  public SmallQuestion.Answer small(UpstreamSource source, SmallQuestion asked) {
    try (Deadline deadline = transport().start(asked.time())) {
      return asked.ask(exchange(), source, scratch, deadline);
    }
  }

  /// Publishes a version to `source`, with its credential.
  public PushAnswer publish(UpstreamSource source, PackageName name, PublishBody body, Hops hops) {
    Question question = pushed(source, name.encoded(), hops);
    try (Deadline deadline = transport().start(limits.times().tarball())) {
      return new Pushes(exchange()).put(question, new PublishEntity(body), deadline);
    }
  }

  /// Points a tag of a package at a version at `source`, with its credential.
  public PushAnswer tag(UpstreamSource source, Tag tag, Hops hops) {
    String last = URLEncoder.encode(tag.tag(), StandardCharsets.UTF_8).replace("+", "%20");
    String path = "-/package/" + tag.name().encoded() + "/dist-tags/" + last;
    String version = new String(JsonStringEncoder.getInstance().quoteAsString(tag.version()));
    StringEntity body = new StringEntity("\"" + version + "\"", ContentType.APPLICATION_JSON);
    try (Deadline deadline = transport().start(limits.times().document())) {
      return new Pushes(exchange()).put(pushed(source, path, hops), body, deadline);
    }
  }

  /// A tag of a package and the version that it names.
  public record Tag(PackageName name, String tag, String version) {}

  private Question pushed(UpstreamSource source, String path, Hops hops) {
    Map<String, String> headers =
        Map.of("Accept", "application/json", Hops.HEADER, hops.headerFrom(instanceId));
    return new Question(source, source.resolve(path), headers);
  }

  @Override
  public synchronized void close() {
    try {
      if (lines != null) {
        lines.transport().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
