package dev.gatehouse.web.api;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// `GET openapi.json`: the description of the API. It is open to everybody, as the app is.
public final class OpenApiEndpoint implements Handler {

  @Override
  public Response handle(Request request) throws IOException {
    try (InputStream document =
        Objects.requireNonNull(getClass().getResourceAsStream("/api/openapi.json"))) {
      return Response.bytes(200, "application/json", document.readAllBytes())
          .with("cache-control", "no-cache");
    }
  }
}
