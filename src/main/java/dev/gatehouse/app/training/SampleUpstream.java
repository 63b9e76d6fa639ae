package dev.gatehouse.app.training;

import dev.gatehouse.http.HttpServer;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Router;
import java.io.IOException;

/// A public registry on loopback that has every package one asks for.
public final class SampleUpstream implements AutoCloseable {
  private final HttpServer server;

  private SampleUpstream(HttpServer server) {
    this.server = server;
  }

  /// Starts one on a free port.
  public static SampleUpstream start() throws IOException {
    var router =
        new Router()
            .route("GET", "{name}", SampleUpstream::packument)
            .route("GET", "{name}/-/{file}", SampleUpstream::tarball);
    return new SampleUpstream(HttpServer.start(HttpSettings.on("127.0.0.1", 0), router));
  }

  /// Its URL, with the last slash.
  public String url() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  @Override
  public void close() {
    server.close();
  }

  private static Response packument(Request request) throws IOException {
    return Response.bytes(
        200,
        "application/json",
        SamplePackage.of(request.variable("name")).packument(request.baseUrl() + "/"));
  }

  private static Response tarball(Request request) throws IOException {
    return Response.bytes(
        200, "application/octet-stream", SamplePackage.of(request.variable("name")).tarball());
  }
}
