package dev.gatehouse.e2e;

import dev.gatehouse.e2e.clients.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// A proxy that knows one host alone, Sigstore's repository of trust, and stands in for it with a
/// [TufRepository] that clients here have the root of.
final class SigstoreStandIn implements AutoCloseable {
  private static final String HOST = "tuf-repo-cdn.sigstore.dev";

  private final TufRepository repository = new TufRepository();
  private final Map<String, String> files = repository.files();
  private final ServerSocket socket;
  private final SSLContext tls;
  private final Path certificate;

  SigstoreStandIn(Path directory) throws Exception {
    certificate = Certificate.in(directory, "dns:" + HOST).chain();
    tls = Certificate.context(directory);
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// Gives someone the root, where npm keeps it, and lets them believe the certificate. npm 12
  /// fetches by Node's own client, which has to be told of proxies.
  Seat trustedBy(Seat seat) {
    try {
      Path cache = Files.createDirectories(seat.home().resolve(".npm/_tuf/" + HOST));
      Files.writeString(cache.resolve("root.json"), repository.root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seat.trusting(certificate).withVariable("NODE_USE_ENV_PROXY", "1");
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String asked = head(client);
      if (!asked.startsWith("CONNECT " + HOST + ":443 ")) {
        write(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      write(client, "HTTP/1.1 200 OK\r\n\r\n");
      try (Socket inside =
          tls.getSocketFactory().createSocket(client, client.getInputStream(), true)) {
        String file = files.get(head(inside).split(" ", 3)[1]);
        String body = file == null ? "" : file;
        write(
            inside,
            "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(file == null ? "404 Not Found" : "200 OK", body.length(), body));
      }
    } catch (IOException _) {
      // The client has gone away.
    }
  }

  /// The first line; what follows is read to its end, byte by byte, so that nothing else is.
  private static String head(Socket from) throws IOException {
    var text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\n")) {
      int one = from.getInputStream().read();
      if (one < 0) {
        throw new IOException("cut off");
      }
      text.append((char) one);
    }
    return text.substring(0, text.indexOf("\r\n"));
  }

  private static void write(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
