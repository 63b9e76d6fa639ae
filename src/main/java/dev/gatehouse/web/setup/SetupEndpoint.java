package dev.gatehouse.web.setup;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.account.SetupLink;
import dev.gatehouse.access.invitation.OwnerLinks;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `/setup/{secret}`: whoever has the link that the first start printed makes themselves the owner;
/// so does whoever has the one that a new workspace was made with, of that workspace. The secret in
/// the path is all that protects it, so that no other page learns it, by a `Referer` or otherwise.
public record SetupEndpoint(
    SetupLink link, OwnerLinks ownerLinks, Registries registries, Workspaces workspaces) {

  /// `GET`: the form.
  public Response show(Request request) {
    Workspace workspace = workspace(request.variable("secret"));
    return workspace == null ? SetupPages.spent() : SetupPages.form(200, workspace, "", "");
  }

  /// `POST`: makes the owner.
  public Response submit(Request request) throws IOException {
    String secret = request.variable("secret");
    Workspace workspace = workspace(secret);
    if (workspace == null) {
      return SetupPages.spent();
    }
    String name = "";
    try {
      Form form = Form.read(request);
      name = form.get("name").strip();
      Account owner =
          makeOwner(secret, workspace, new NewAccount(name, Role.OWNER, password(form), ""));
      request.log().actor("user:" + owner.name());
      return SetupPages.done(owner.name(), workspace, request.baseUrl());
    } catch (ProblemException refused) {
      return switch (refused.problem()) {
        case Problem.Malformed(String sentence) -> SetupPages.form(400, workspace, name, sentence);
        case Problem.Conflict(String sentence) -> SetupPages.form(409, workspace, name, sentence);
        case Problem.Forbidden _ -> SetupPages.spent();
        case Problem _ -> throw refused;
      };
    }
  }

  private static String password(Form form) {
    String password = form.get("password");
    if (!password.equals(form.get("again"))) {
      throw new ProblemException(
          new Problem.Malformed("The two passwords are not the same: type them again."));
    }
    return password;
  }

  private Account makeOwner(String secret, Workspace workspace, NewAccount owner) {
    return link.isValid(secret)
        ? link.consume(secret, workspace.id(), owner)
        : ownerLinks.consume(secret, owner);
  }

  /// The workspace whose owner `secret` makes, or null.
  private @Nullable Workspace workspace(String secret) {
    if (link.isValid(secret)) {
      return registries.workspace(new Actor.Job("setup"), Workspace.DEFAULT);
    }
    Long other = ownerLinks.workspace(secret);
    return other == null ? null : workspaces.get(other);
  }
}
