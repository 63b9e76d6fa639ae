package dev.gatehouse.web.api;

import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Bodies of the API's requests. A member that is not known is refused: a setting that was misspelt
/// must not seem to be accepted.
public final class ApiBody {
  /// No request of the API has more bytes.
  public static final int LARGEST = 64 << 10;

  private ApiBody() {}

  /// The JSON object in the body of `request`, whose members are among `known`.
  public static JsonBody read(Request request, String... known) throws IOException {
    JsonBody body = JsonBody.read(request, LARGEST);
    List<String> names = Arrays.asList(known);
    for (String name : body.names()) {
      if (!names.contains(name)) {
        throw malformed(
            names.isEmpty()
                ? "The request's body has a member that is not known here; none is: send {}."
                : "The request's body has a member that is not known here; known are %s."
                    .formatted(String.join(", ", names)));
      }
    }
    return body;
  }

  /// The constant of `type` that `text` names in small letters.
  public static <E extends Enum<E>> E choice(Class<E> type, String member, String text) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(ApiBody::word).toList();
    int index = words.indexOf(text);
    if (index < 0) {
      throw malformed("\"%s\" is one of %s.".formatted(member, String.join(", ", words)));
    }
    return type.getEnumConstants()[index];
  }

  /// How the API writes a constant.
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// A problem with what was sent.
  public static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
