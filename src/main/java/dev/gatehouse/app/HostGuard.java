package dev.gatehouse.app;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps every workspace to its own host: below that, there is no other one, whether or not it
/// exists elsewhere. A host below the domain that can be nobody's answers nothing at all.
record HostGuard(Handler next) implements Handler {

  @Override
  public @Nullable Response warm(Request request) {
    return isElsewhere(request) ? null : next.warm(request);
  }

  @Override
  public Response handle(Request request) throws Exception {
    if (isElsewhere(request)) {
      throw new ProblemException(
          new Problem.NotFound(
              "This is the address of the workspace \"%s\", and nothing of others is here: use the server's own address, or theirs."
                  .formatted(request.hostWorkspace())));
    }
    return next.handle(request);
  }

  private static boolean isElsewhere(Request request) {
    String workspace = request.hostWorkspace();
    if (workspace == null) {
      return false;
    }
    List<String> segments = request.segments();
    return switch (segments.isEmpty() ? "" : segments.getFirst()) {
      case "w" -> segments.size() > 1 && !segments.get(1).equals(workspace);
      // That makes the owner of the default workspace.
      case "setup" -> !workspace.equals(Workspace.DEFAULT);
      default -> false;
    };
  }
}
