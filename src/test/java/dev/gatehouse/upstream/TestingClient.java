package dev.gatehouse.upstream;

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
import org.jspecify.annotations.Nullable;

/// An [UpstreamClient] with small limits. `*.test` are names of the machine itself.
final class TestingClient implements AutoCloseable {
  static final int MAX_DOCUMENT = 100_000;
  static final int MAX_TARBALL = 300_000;
  static final String INSTANCE = "instance-of-the-test";

  private final UpstreamClient client;

  TestingClient(Path scratch) {
    this(scratch, TestingClient::lookup, null, Duration.ofSeconds(30));
  }

  /// A client that waits for documents and tarballs no longer than `patience`.
  TestingClient(Path scratch, Duration patience) {
    this(scratch, TestingClient::lookup, null, patience);
  }

  TestingClient(Path scratch, AddressLookup lookup) {
    this(scratch, lookup, null, Duration.ofSeconds(30));
  }

  TestingClient(Path scratch, TestingTls tls) {
    this(scratch, tls, Duration.ofSeconds(30));
  }

  TestingClient(Path scratch, TestingTls tls, Duration patience) {
    this(scratch, TestingClient::lookup, tls, patience);
  }

  private TestingClient(
      Path scratch, AddressLookup lookup, @Nullable TestingTls tls, Duration patience) {
    UpstreamLimits limits =
        new UpstreamLimits(
            new UpstreamLimits.Times(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                patience,
                patience,
                Duration.ofMillis(1)),
            new UpstreamLimits.Sizes(MAX_DOCUMENT, MAX_TARBALL),
            5,
            4);
    var context = tls == null ? SSLContexts.createDefault() : tls.context();
    client =
        new UpstreamClient(limits, scratch, INSTANCE, new UpstreamClient.Trust(lookup, context));
  }

  UpstreamClient client() {
    return client;
  }

  DocumentAnswer packument(UpstreamSource source, String name) {
    return client.packument(source, name, null, Hops.none());
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
