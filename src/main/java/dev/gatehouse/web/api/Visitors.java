package dev.gatehouse.web.api;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.Authentication;
import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.SecondLook;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gate in front of the API: who asks, by a browser's session or a token, and whether they may.
/// Registries of other workspaces do not exist for them.
public record Visitors(
    Access access, Registries registries, Workspaces workspaces, SecondLook secondLook) {
  private static final Problem MISSING =
      new Problem.Unauthenticated(
          "Sign in first; scripts send a token: Authorization: Bearer gh_…");

  private static final Problem ELSEWHERE =
      new Problem.Unauthenticated(
          "This token is good in another workspace than the one whose address this is.");

  private static final Problem UNPROTECTED =
      new Problem.Forbidden(
          "Your workspace wants a second factor of everybody: set yours up first, under Your"
              + " account.");

  /// A visitor and the registry that they ask for.
  public record At(Visitor visitor, Registry registry) {}

  /// Who asks; else an unauthenticated problem.
  public Visitor visitor(Request request) {
    return secondLook.at(() -> identify(request));
  }

  /// Who asks, also if they have to set up their second factor before anything else: for what that
  /// takes.
  public Visitor anyVisitor(Request request) {
    return secondLook.at(() -> whoever(request));
  }

  /// Who asks, and may use `right` on the workspace as a whole.
  public Visitor visitor(Request request, Right right) {
    return secondLook.at(() -> {
      Visitor visitor = identify(request);
      visitor.require(right);
      return visitor;
    });
  }

  /// Who asks, and may use `right` in the registry that the path names as `{registry}`.
  public At at(Request request, Right right) {
    return at(request, right, null);
  }

  /// Who asks, and may use `right` there on the package `name`, or, if that is null, as a whole.
  public At at(Request request, Right right, @Nullable PackageName name) {
    return secondLook.at(() -> {
      Visitor visitor = identify(request);
      Registry registry = registry(visitor, request.variable("registry"));
      visitor.require(registry, right, name);
      return new At(visitor, registry);
    });
  }

  /// The registry called `name` in the workspace of `visitor`.
  public Registry registry(Visitor visitor, String name) {
    Registry registry = registries.require(visitor.workspace().name(), name);
    visitor.require(registry, Right.READ);
    return registry;
  }

  /// Whether that is the name of a registry that `visitor` may not read.
  public boolean hides(Visitor visitor, String name) {
    Registry registry = registries.directory().find(visitor.workspace().name(), name);
    return registry != null && !visitor.may(registry, Right.READ);
  }

  /// What `visitor` may read.
  public Sight sight(Visitor visitor) {
    long workspace = visitor.workspace().id();
    List<Registry> all =
        registries.directory().all().stream()
            .filter(one -> one.workspace().id() == workspace)
            .sorted(Comparator.comparing(Registry::name))
            .toList();
    List<Registry> seen = all.stream().filter(one -> visitor.may(one, Right.READ)).toList();
    return new Sight(
        seen, seen.size() == all.size() && visitor.identity().workspaceRefusal(Right.READ) == null);
  }

  /// Where the browser that asks is signed in.
  public BrowserSessions browser() {
    return new BrowserSessions(access, workspaces);
  }

  private Visitor identify(Request request) {
    Visitor visitor = whoever(request);
    if (lacksFactor(visitor)) {
      throw new ProblemException(UNPROTECTED);
    }
    return visitor;
  }

  /// Whether they are signed in, and have to set up a second factor before anything else.
  public boolean lacksFactor(Visitor visitor) {
    String session = visitor.session();
    return session != null
        && access.secondFactors().standing(visitor.account()).isMissing()
        && !access.sessions().hasFactor(session);
  }

  private Visitor whoever(Request request) {
    Authentication given =
        access.authenticator().authenticate(request.header("authorization"), request.client());
    Visitor visitor =
        switch (given) {
          case Authentication.Granted(Identity identity) -> of(identity, null);
          case Authentication.Refused(Problem problem) -> throw new ProblemException(problem);
          case Authentication.NeedsPassword _ ->
              throw new ProblemException(
                  new Problem.Unauthenticated(
                      "A name and password are not enough here: send a token,"
                          + " Authorization: Bearer gh_…"));
          case Authentication.None _ -> signedIn(request);
        };
    request.log().actor(visitor.actor().label());
    if (isElsewhere(request, visitor)) {
      throw new ProblemException(visitor.session() == null ? ELSEWHERE : MISSING);
    }
    return visitor;
  }

  /// Whether the host is another workspace's, by any name that it has had.
  private boolean isElsewhere(Request request, Visitor visitor) {
    String host = request.hostWorkspace();
    if (host == null) {
      return false;
    }
    Workspace there = workspaces.find(host);
    return there == null || there.id() != visitor.workspace().id();
  }

  private Visitor signedIn(Request request) {
    BrowserSessions.Held held = browser().meant(request);
    if (held == null) {
      throw new ProblemException(MISSING);
    }
    OwnPage.require(request);
    return of(access.identity(held.account()), held.secret());
  }

  private Visitor of(Identity identity, @Nullable String session) {
    return new Visitor(identity, workspaces.get(identity.account().workspaceId()), session);
  }
}
