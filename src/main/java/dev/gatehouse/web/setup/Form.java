package dev.gatehouse.web.setup;

import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a form that a browser sent.
record Form(Map<String, String> fields) {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final int LARGEST = 8 << 10;

  /// Reads the body of `request`.
  static Form read(Request request) throws IOException {
    String type = request.header("content-type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(TYPE)) {
      throw malformed("Send the page's own form.");
    }
    String body = new String(request.decodedBody(LARGEST).readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  /// The field called `name`, empty if it is not there.
  String get(String name) {
    @Nullable String value = fields.get(name);
    return value == null ? "" : value;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw malformed("The form cannot be read: send it again.");
    }
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }

  @Override
  public String toString() {
    return "Form[***]";
  }
}
