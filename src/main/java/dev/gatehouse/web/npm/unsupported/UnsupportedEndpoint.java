package dev.gatehouse.web.npm.unsupported;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.Gate;
import org.jspecify.annotations.Nullable;

/// Says of everything under an address that it is not offered.
///
/// @param gate who asks must be allowed to read the registry; null where clients ask before they
///   have logged in, or with a credential that is not ours
public record UnsupportedEndpoint(Feature feature, @Nullable Gate gate) implements Handler {

  @Override
  public Response handle(Request request) {
    if (gate != null) {
      gate.reader(request);
    }
    throw new ProblemException(new Problem.Unsupported(feature.sentence()));
  }
}
