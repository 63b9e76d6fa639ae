package dev.gatehouse.app.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An HTTP/1.1 client of a few lines on one connection, so that nothing of a real client's own
/// comes into the cache.
final class SampleClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String headers;

  /// What was answered, as far as the training looks at it.
  record Answer(int status, String etag) {}

  SampleClient(int port, String token) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
    this.headers = "Host: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token + "\r\n";
  }

  Answer get(String path, String more) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\n" + headers + more + "\r\n", new byte[0]);
  }

  Answer put(String path, byte[] body) throws IOException {
    String length = "Content-Length: " + body.length + "\r\n";
    return send("PUT " + path + " HTTP/1.1\r\n" + headers + length + "\r\n", body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Answer send(String head, byte[] body) throws IOException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    String etag = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).strip());
      } else if (lower.startsWith("etag:")) {
        etag = header.substring(5).strip();
      } else if (lower.equals("transfer-encoding: chunked")) {
        chunked = true;
      }
    }
    if (chunked) {
      skipChunks();
    } else if (status != 304) {
      in.skipNBytes(length);
    }
    return new Answer(status, etag);
  }

  private void skipChunks() throws IOException {
    long size = Long.parseLong(line().strip(), 16);
    while (size > 0) {
      in.skipNBytes(size + 2);
      size = Long.parseLong(line().strip(), 16);
    }
    line();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The server has closed the connection.");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
