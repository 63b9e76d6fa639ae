package dev.gatehouse.upstream.wire;

import dev.gatehouse.upstream.address.ForbiddenAddressException;
import dev.gatehouse.upstream.address.LookupTimeoutException;
import dev.gatehouse.upstream.address.SystemAddressLookup;
import dev.gatehouse.upstream.source.UpstreamLimits;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/// Hands messages to receivers elsewhere. People choose the addresses who need not be those who run
/// this server, so that only public ones are connected to and those of the hosts that the operator
/// names. A redirect is an answer like any other, and of an answer only the beginning is read.
public final class Courier implements AutoCloseable {
  private static final int READ = 256;
  private static final int SHOWN = 200;

  private final Set<String> privateHosts;
  private final Duration patience;
  private @Nullable Transport transport;

  /// A courier that waits for an answer for as long as `patience`.
  ///
  /// @param privateHosts hosts, with or without a port, whose addresses need not be public
  public Courier(Collection<String> privateHosts, Duration patience) {
    this.privateHosts = Set.copyOf(privateHosts);
    this.patience = patience;
  }

  /// What came of a message.
  public sealed interface Receipt {}

  /// The receiver answered.
  ///
  /// @param words the beginning of the answer, on one line
  public record Answered(int status, String words) implements Receipt {}

  /// It did not; `silent` if the time ran out.
  public record Failed(String sentence, boolean silent) implements Receipt {}

  /// Sends `body` to `to`, once.
  public Receipt post(URI to, Map<String, String> headers, byte[] body) {
    HttpPost request = new HttpPost(to);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    Transport ready = transport();
    try (Deadline deadline = ready.start(patience)) {
      try (Reply reply = ready.reach(isOpen(to), request, to, deadline)) {
        return new Answered(reply.status(), words(reply.beginning(READ)));
      } catch (IOException thrown) {
        return failed(thrown, UpstreamSource.origin(to), deadline);
      }
    }
  }

  private boolean isOpen(URI to) {
    String host = to.getHost().toLowerCase(Locale.ROOT);
    return privateHosts.contains(host)
        || privateHosts.contains(host + ":" + UpstreamSource.port(to));
  }

  private static Failed failed(IOException thrown, String origin, Deadline deadline) {
    if (deadline.expired() || thrown instanceof InterruptedIOException) {
      return new Failed(origin + " did not answer in time.", true);
    }
    return switch (thrown) {
      case ForbiddenAddressException _ ->
          new Failed(
              "The address of %s is inside a private network. The operator can allow the host by the setting webhooks.private-hosts."
                  .formatted(origin),
              false);
      case LookupTimeoutException _ ->
          new Failed("The name service did not say in time where " + origin + " is.", true);
      case UnknownHostException _ ->
          new Failed("The host of " + origin + " is not known to the name service.", false);
      case SSLException _ ->
          new Failed("No trusted TLS connection with " + origin + " came about.", false);
      case ConnectException _ -> new Failed(origin + " takes no connections.", false);
      default -> new Failed(origin + " broke the connection off.", false);
    };
  }

  private static String words(byte[] beginning) {
    String line =
        new String(beginning, StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ")
            .strip();
    return line.substring(0, Math.min(line.length(), SHOWN));
  }

  /// Made when the first message is sent: reading the certificates that this machine trusts takes a
  /// while, and most servers never send any.
  private synchronized Transport transport() {
    if (transport == null) {
      UpstreamLimits.Times usual = UpstreamLimits.defaults().times();
      var times =
          new UpstreamLimits.Times(
              shorter(usual.connect()), patience, patience, patience, usual.retryPause());
      transport =
          new Transport(
              UpstreamLimits.defaults().with(times),
              new SystemAddressLookup(times.connect()),
              SSLContexts.createSystemDefault());
    }
    return transport;
  }

  private Duration shorter(Duration other) {
    return other.compareTo(patience) < 0 ? other : patience;
  }

  @Override
  public synchronized void close() throws IOException {
    if (transport != null) {
      transport.close();
    }
  }
}
