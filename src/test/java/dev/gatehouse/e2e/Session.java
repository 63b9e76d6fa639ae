package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Somebody's browser without the browser: what the web app asks the API, with their cookie.
record Session(GatehouseProcess server, String cookie) {

  /// Signs somebody of the stage in.
  static Session of(GatehouseProcess server, String name) {
    return of(server, name, "default");
  }

  /// Signs somebody of another workspace in.
  static Session of(GatehouseProcess server, String name, String workspace) {
    String body =
        "{\"name\":\"%s\",\"password\":\"%s\",\"workspace\":\"%s\"}"
            .formatted(name, Stage.PASSWORD, workspace);
    HttpResponse<String> answer = new Session(server, "none=1").api("POST", "session", body);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    return new Session(server, cookie.substring(0, cookie.indexOf(';')));
  }

  HttpResponse<String> api(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.url("/api/v1/" + path))
            .method(method, BodyPublishers.ofString(body))
            .header("X-Gatehouse-App", "1")
            .header("Cookie", cookie)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Says yes at the address that a client shows, which waits for that.
  void letIn(String address) {
    String secret = address.substring(address.lastIndexOf('/') + 1);
    HttpResponse<String> done = api("POST", "client-logins/" + secret, "{\"allow\":true}");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
  }
}
