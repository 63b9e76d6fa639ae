package dev.gatehouse.upstream;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.testing.TestingTls;
import dev.gatehouse.upstream.address.AddressLookup;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamLimits;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.ssl.SSLContexts;

/// An [UpstreamClient] with small limits. `*.test` are names of the machine itself.
final class TestingClient implements AutoCloseable {
  static final int MAX_DOCUMENT = 100_000;
  static final int MAX_TARBALL = 300_000;
  private static final Duration LONG = Duration.ofSeconds(30);
  static final String INSTANCE = "instance-of-the-test";

  private final UpstreamClient client;

  TestingClient(Path scratch) {
    this(scratch, TestingClient::lookup);
  }

  TestingClient(Path scratch, AddressLookup lookup) {
    this(scratch, new UpstreamClient.Trust(lookup, SSLContexts.createDefault()), LONG, LONG);
  }

  TestingClient(Path scratch, TestingTls tls) {
    this(scratch, trusting(tls), LONG, LONG);
  }

  private TestingClient(
      Path scratch, UpstreamClient.Trust trust, Duration silence, Duration patience) {
    UpstreamLimits limits =
        new UpstreamLimits(
            new UpstreamLimits.Times(LONG, silence, patience, patience, Duration.ofMillis(1)),
            new UpstreamLimits.Sizes(MAX_DOCUMENT, MAX_TARBALL),
            5,
            4);
    client = new UpstreamClient(limits, scratch, INSTANCE, trust);
  }

  /// A client that spends no more than `patience` on one document or tarball.
  static TestingClient hasty(Path scratch, TestingTls tls, Duration patience) {
    return new TestingClient(scratch, trusting(tls), LONG, patience);
  }

  /// A client that bears no silence longer than `silence`.
  static TestingClient touchy(Path scratch, TestingTls tls, Duration silence) {
    return new TestingClient(scratch, trusting(tls), silence, LONG);
  }

  private static UpstreamClient.Trust trusting(TestingTls tls) {
    return new UpstreamClient.Trust(TestingClient::lookup, tls.context());
  }

  UpstreamClient client() {
    return client;
  }

  DocumentAnswer packument(UpstreamSource source, String name) {
    return client.document(
        source,
        new DocumentQuestion(new PackageName(name).encoded(), null, DocumentQuestion.ABSENT),
        Hops.none());
  }

  DocumentAnswer packument(URI base, String name) {
    return packument(new UpstreamSource(base, null), name);
  }

  TarballAnswer tarball(URI base, URI url) {
    return client.tarball(new UpstreamSource(base, null), url, Hops.none());
  }

  static List<InetAddress> lookup(String host) throws UnknownHostException {
    return List.of(InetAddress.getByName(host.endsWith(".test") ? "127.0.0.1" : host));
  }

  static String text(DocumentAnswer answer) {
    if (answer instanceof DocumentAnswer.Fresh fresh) {
      try {
        return Files.readString(fresh.file());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("not fresh: " + answer);
  }

  static DocumentAnswer.Failed failed(DocumentAnswer answer) {
    if (answer instanceof DocumentAnswer.Failed failed) {
      return failed;
    }
    throw new AssertionError("not failed: " + answer);
  }

  static TarballAnswer.Failed failed(TarballAnswer answer) {
    if (answer instanceof TarballAnswer.Failed failed) {
      return failed;
    }
    throw new AssertionError("not failed: " + answer);
  }

  static TarballStream opened(TarballAnswer answer) {
    if (answer instanceof TarballAnswer.Opened opened) {
      return opened.stream();
    }
    throw new AssertionError("not opened: " + answer);
  }

  @Override
  public void close() {
    client.close();
  }
}
