package dev.gatehouse.app;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.Hops;
import org.jspecify.annotations.Nullable;

/// Refuses requests that this server has made itself, by whatever detour: a registry must not
/// become its own upstream.
record LoopGuard(Handler next, UpstreamClient client) implements Handler {

  @Override
  public @Nullable Response warm(Request request) {
    return isLoop(request) ? null : next.warm(request);
  }

  @Override
  public Response handle(Request request) throws Exception {
    if (isLoop(request)) {
      throw new ProblemException(
          new Problem.Circle(
              "This request has come back to the server that made it: an upstream here leads, perhaps"
                  + " through others, to this server. Remove that upstream."));
    }
    return next.handle(request);
  }

  private boolean isLoop(Request request) {
    return client.isLoop(request.header(Hops.HEADER));
  }
}
