package dev.gatehouse.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer. Immutable, and so it may be kept and sent many times. Header names are in lower case.
/// The server adds what belongs to the connection: length, date, request id.
public record Response(int status, Map<String, String> headers, Body body) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Body EMPTY = new Body.Empty();

  /// Keeps its own copy of the headers.
  public Response {
    headers = Map.copyOf(headers);
  }

  /// `value` as JSON.
  public static Response json(int status, Object value) {
    try {
      return bytes(status, "application/json", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A value has no JSON form: " + value.getClass(), e);
    }
  }

  /// Plain text in UTF-8.
  public static Response text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// No body.
  public static Response empty(int status) {
    return new Response(status, Map.of(), EMPTY);
  }

  /// Bytes of a media type; nobody may change them from now on.
  public static Response bytes(int status, String type, byte[] bytes) {
    return of(status, type, new Body.Bytes(Content.of(bytes)));
  }

  /// A body of a media type.
  public static Response of(int status, String type, Body body) {
    return new Response(status, Map.of("content-type", type), body);
  }

  /// This response with one header more, or another value for it.
  public Response with(String name, String value) {
    if (value.equals(headers.get(name))) {
      return this;
    }
    Map<String, String> more = new HashMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new Response(status, more, body);
  }

  /// This response with another status.
  public Response withStatus(int other) {
    return new Response(other, headers, body);
  }

  /// The value of a header, by its name in lower case.
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
