package dev.gatehouse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// What a [TestingServer] answered.
public final class TestingReply {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpResponse<byte[]> response;
  private final byte[] body;

  private TestingReply(HttpResponse<byte[]> response, byte[] body) {
    this.response = response;
    this.body = body;
  }

  static TestingReply of(HttpResponse<byte[]> response) throws IOException {
    boolean zipped = response.headers().firstValue("content-encoding").orElse("").equals("gzip");
    if (!zipped || response.body().length == 0) {
      return new TestingReply(response, response.body());
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return new TestingReply(response, in.readAllBytes());
    }
  }

  /// The status.
  public int status() {
    return response.statusCode();
  }

  /// A header's first value.
  public @Nullable String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  /// The body without its content coding.
  public byte[] body() {
    return body.clone();
  }

  /// The body in UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as JSON.
  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(text(), e);
    }
  }

  /// What a refusal says.
  public String error() {
    return json().path("error").asText();
  }

  @Override
  public String toString() {
    return status() + " " + text();
  }
}
