package dev.gatehouse.app;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps every workspace to its own host: below that, there is no other one, whether or not it
/// exists elsewhere. A host below the domain that can be nobody's answers nothing at all.
record HostGuard(Handler next, Workspaces workspaces) implements Handler {

  @Override
  public @Nullable Response warm(Request request) {
    return isPlain(request) ? next.warm(request) : null;
  }

  @Override
  public Response handle(Request request) throws Exception {
    if (!isPlain(request) && isElsewhere(request)) {
      throw new ProblemException(
          new Problem.NotFound(
              "This is the address of the workspace \"%s\", and nothing of others is here: use the server's own address, or theirs."
                  .formatted(request.hostWorkspace())));
    }
    return next.handle(request);
  }

  /// Whether the path says nothing that the host could contradict.
  private static boolean isPlain(Request request) {
    String workspace = request.hostWorkspace();
    List<String> segments = request.segments();
    return workspace == null
        || segments.isEmpty()
        || switch (segments.getFirst()) {
          case "w" -> segments.size() < 2 || segments.get(1).equals(workspace);
          case "setup" -> false;
          default -> true;
        };
  }

  private boolean isElsewhere(Request request) {
    String workspace = request.hostWorkspace();
    List<String> segments = request.segments();
    if (workspace == null || segments.getFirst().equals("setup")) {
      // Links that make owners are given out for the server's own address.
      return !Workspace.DEFAULT.equals(workspace);
    }
    // Both may be names that one workspace has, or had.
    Workspace host = workspaces.find(workspace);
    Workspace path = workspaces.find(segments.get(1));
    return host == null || path == null || host.id() != path.id();
  }
}
