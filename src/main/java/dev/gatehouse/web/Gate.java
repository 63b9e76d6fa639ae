package dev.gatehouse.web;

import dev.gatehouse.access.Authentication;
import dev.gatehouse.access.Authenticator;
import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.db.Changes;
import dev.gatehouse.http.Request;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one gate in front of every registry: which registry a request is for, who asks, and whether
/// they may. Nobody learns whether a registry exists before they have said who they are.
///
/// Nobody is refused by what may be out of date, either: before a refusal, the gate looks for what
/// other processes have changed. So a token that an operator has just made opens at once.
public final class Gate {
  static final Problem MISSING =
      new Problem.Unauthenticated(
          "This registry asks for a token: log in with your client, for npm by `npm login"
              + " --registry` and the registry's URL.");

  private final Registries registries;
  private final Authenticator authenticator;
  private final Changes changes;
  private final SecondLook secondLook;

  /// A gate in front of `registries`; `changes` keeps both fresh.
  public Gate(Registries registries, Authenticator authenticator, Changes changes) {
    this.registries = registries;
    this.authenticator = authenticator;
    this.changes = changes;
    this.secondLook = new SecondLook(changes);
  }

  /// The caller, if they may read and that can be told without waiting; else null. Never blocks.
  public @Nullable Caller warmReader(Request request) {
    Registry registry = find(request);
    Authentication authentication = authenticate(request);
    boolean told =
        authentication instanceof Authentication.Granted
            || authentication instanceof Authentication.None;
    if (registry == null || !told) {
      return null;
    }
    Identity identity =
        authentication instanceof Authentication.Granted(Identity granted) ? granted : null;
    Caller caller = caller(request, identity, registry);
    return readRefusal(caller) == null ? caller : null;
  }

  /// The caller, who may read; else a problem that says why not.
  public Caller reader(Request request) {
    return secondLook.at(() -> {
      Caller caller = identified(request);
      Problem refusal = readRefusal(caller);
      if (refusal != null) {
        throw new ProblemException(refusal);
      }
      return caller;
    });
  }

  /// The caller, who has said who they are and may use `right`; else a problem that says why not.
  public Caller caller(Request request, Right right) {
    return secondLook.at(() -> {
      Caller caller = identified(request);
      caller.require(right, null);
      return caller;
    });
  }

  /// The caller, who may use `right` on the package `name`.
  public Caller caller(Request request, Right right, PackageName name) {
    return secondLook.at(() -> {
      Caller caller = identified(request);
      caller.require(right, name);
      return caller;
    });
  }

  /// The workspace that a request names, by its id, for checking a password; -1 if there is no such
  /// workspace, which has no accounts. Looks for what is new in any case: that there is no such
  /// workspace must not show in the time that it takes.
  public long workspaceId(Request request) {
    changes.look();
    String name = workspace(request);
    Workspace found = registries.directory().workspace(name);
    return found == null ? -1 : found.id();
  }

  /// The registry that a request is for, for those who have just proved who they are.
  public Registry registry(Request request) {
    Registry registry = find(request);
    if (registry == null) {
      throw new ProblemException(missing(request));
    }
    return registry;
  }

  private Caller identified(Request request) {
    Registry registry = find(request);
    Authentication authentication = authenticate(request);
    if (authentication instanceof Authentication.NeedsPassword given) {
      authentication = authenticator.check(given, workspaceId(registry), request.client());
    }
    return switch (authentication) {
      case Authentication.Refused(Problem problem) -> throw new ProblemException(problem);
      case Authentication.None _ -> {
        if (registry == null) {
          throw new ProblemException(MISSING);
        }
        yield caller(request, null, registry);
      }
      case Authentication.Granted(Identity identity) -> {
        request.log().actor(identity.actor().label());
        if (registry == null) {
          throw new ProblemException(missing(request));
        }
        yield caller(request, identity, registry);
      }
      case Authentication.NeedsPassword _ -> throw new ProblemException(MISSING);
    };
  }

  private static @Nullable Problem readRefusal(Caller caller) {
    if (caller.registry().settings().anonymousRead()) {
      return null;
    }
    Identity identity = caller.identity();
    return identity == null ? MISSING : identity.readRefusal(caller.place(null));
  }

  private static Caller caller(Request request, @Nullable Identity identity, Registry registry) {
    request.log().registry(registry.workspace().name() + "/" + registry.name());
    if (identity != null) {
      request.log().actor(identity.actor().label());
    }
    return new Caller(identity, registry, base(request));
  }

  private Authentication authenticate(Request request) {
    return authenticator.authenticate(request.header("authorization"), request.client());
  }

  private @Nullable Registry find(Request request) {
    return registries.directory().find(workspace(request), request.variable("registry"));
  }

  /// A password belongs to a workspace; one that is not there has no accounts.
  private static long workspaceId(@Nullable Registry registry) {
    return registry == null ? -1 : registry.workspace().id();
  }

  /// The registry's address as the client has it, which may use an old name, and either form.
  public static String base(Request request) {
    List<String> segments = request.segments();
    String path =
        segments.getFirst().equals("w")
            ? "/w/" + segments.get(1) + "/r/" + segments.get(3)
            : "/r/" + segments.get(1);
    return request.baseUrl() + path;
  }

  /// Where the web app's pages about the registry's workspace stand, without a trailing slash.
  public static String pages(Request request) {
    List<String> segments = request.segments();
    String path = segments.getFirst().equals("w") ? "/w/" + segments.get(1) : "";
    return request.baseUrl() + path;
  }

  /// The name of the workspace that a request is for, whether there is one or not: the path says
  /// it, else the host. A path that contradicts its host comes to no gate.
  public static String workspace(Request request) {
    List<String> segments = request.segments();
    return segments.getFirst().equals("w") ? segments.get(1) : Addressed.workspace(request);
  }

  private static Problem missing(Request request) {
    return new Problem.NotFound(
        "There is no registry \"%s\" in the workspace \"%s\": check the URL."
            .formatted(request.variable("registry"), workspace(request)));
  }
}
