package dev.gatehouse.web;

import dev.gatehouse.http.Request;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which workspace the host of a request means, and how people are told to address one.
public final class Addressed {
  private static final String NONE = "";

  private Addressed() {}

  /// The name of the workspace that the host means, whether there is one or not; the default one
  /// where it means none.
  public static String workspace(Request request) {
    return Objects.requireNonNullElse(request.hostWorkspace(), Workspace.DEFAULT);
  }

  /// The name of the workspace that somebody names who is not in yet: `named`, or by not naming one
  /// that of the host. At a workspace's own host there is no other: a name that no workspace has.
  public static String workspace(Request request, @Nullable String named) {
    String host = request.hostWorkspace();
    if (named == null || named.isEmpty()) {
      return workspace(request);
    }
    return host == null || host.equals(named) ? named : NONE;
  }

  /// What stands before `/r/` in the addresses of a workspace: its own host where it has one. The
  /// default workspace has that of the server, unless it is asked for at its own.
  public static String root(Request request, String workspace) {
    boolean isDefault = workspace.equals(Workspace.DEFAULT);
    String own = isDefault && request.hostWorkspace() == null ? null : request.ownUrl(workspace);
    if (own != null) {
      return own;
    }
    return isDefault ? request.baseUrl() : request.baseUrl() + "/w/" + workspace;
  }

  /// The address of a registry, without a slash at its end.
  public static String of(Request request, Registry registry) {
    return root(request, registry.workspace().name()) + "/r/" + registry.name();
  }
}
