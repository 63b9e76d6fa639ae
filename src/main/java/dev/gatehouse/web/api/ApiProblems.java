package dev.gatehouse.web.api;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.ProblemMapper;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers what goes wrong below `/api/` by RFC 9457, and leaves everything else as it is. `code`
/// is for programs and stays; `detail` is for people and may change.
public record ApiProblems(Handler next) implements Handler {
  private static final String TYPE = "application/problem+json";

  @Override
  public @Nullable Response warm(Request request) {
    try {
      return next.warm(request);
    } catch (ProblemException refused) {
      return answer(request, refused);
    }
  }

  @Override
  public Response handle(Request request) throws Exception {
    try {
      return next.handle(request);
    } catch (ProblemException refused) {
      return answer(request, refused);
    }
  }

  private static Response answer(Request request, ProblemException refused) {
    if (!request.path().startsWith("/api/")) {
      throw refused;
    }
    return of(refused.problem());
  }

  static Response of(Problem problem) {
    Response plain = ProblemMapper.response(problem);
    String code =
        problem
            .getClass()
            .getSimpleName()
            .replaceAll("(?<=.)(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.put("content-type", TYPE);
    Response json =
        Response.json(
            plain.status(),
            Map.of(
                "type", "about:blank",
                "title", code.replace('-', ' '),
                "status", plain.status(),
                "code", code,
                "detail", problem.sentence()));
    return new Response(plain.status(), headers, json.body());
  }
}
