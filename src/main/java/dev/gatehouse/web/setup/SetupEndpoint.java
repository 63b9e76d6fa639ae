package dev.gatehouse.web.setup;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.account.SetupLink;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Workspace;
import java.io.IOException;

/// `/setup/{secret}`: whoever has the link that the first start printed makes themselves the owner.
/// The secret in the path is all that protects it, so that no other page learns it, by a `Referer`
/// or otherwise.
public record SetupEndpoint(SetupLink link, Registries registries) {
  /// `GET`: the form.
  public Response show(Request request) {
    return link.isValid(request.variable("secret"))
        ? SetupPages.form(200, "", "")
        : SetupPages.spent();
  }

  /// `POST`: makes the owner.
  public Response submit(Request request) throws IOException {
    String secret = request.variable("secret");
    if (!link.isValid(secret)) {
      return SetupPages.spent();
    }
    String name = "";
    try {
      Form form = Form.read(request);
      name = form.get("name").strip();
      Account owner = makeOwner(secret, name, form);
      request.log().actor("user:" + owner.name());
      return SetupPages.done(owner.name(), request.baseUrl() + "/r/" + Workspace.DEFAULT + "/");
    } catch (ProblemException refused) {
      return switch (refused.problem()) {
        case Problem.Malformed(String sentence) -> SetupPages.form(400, name, sentence);
        case Problem.Conflict(String sentence) -> SetupPages.form(409, name, sentence);
        case Problem.Forbidden _ -> SetupPages.spent();
        case Problem _ -> throw refused;
      };
    }
  }

  private Account makeOwner(String secret, String name, Form form) {
    String password = form.get("password");
    if (!password.equals(form.get("again"))) {
      throw new ProblemException(
          new Problem.Malformed("The two passwords are not the same: type them again."));
    }
    Workspace workspace = registries.workspace(new Actor.Job("setup"), Workspace.DEFAULT);
    return link.consume(secret, workspace.id(), new NewAccount(name, Role.OWNER, password, ""));
  }
}
