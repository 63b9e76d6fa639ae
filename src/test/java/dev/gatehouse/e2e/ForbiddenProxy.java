package dev.gatehouse.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The clients' only way to any host but the registry: refuses, and remembers who was asked for.
final class ForbiddenProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> attempts = new CopyOnWriteArrayList<>();

  ForbiddenProxy() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::refuseAll);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// The first line of every request that arrived.
  List<String> attempts() {
    return List.copyOf(attempts);
  }

  private void refuseAll() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.setSoTimeout(2000);
        String request =
            new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))
                .readLine();
        if (request != null) {
          attempts.add(request);
        }
        client
            .getOutputStream()
            .write(
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException _) {
        // The client went away, or the socket was closed: either way nothing left this machine.
      }
    }
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
