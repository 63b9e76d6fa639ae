package dev.gatehouse.web.api.session;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.factor.Confirmation;
import dev.gatehouse.access.factor.WaitingChange;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.ShownFactor;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;

/// `confirmations/{secret}`: a change of a package that waits for the second factor of whoever
/// makes it. The secret is in the address that their client shows.
public record ConfirmationEndpoint(Visitors visitors, Access access, Registries registries) {

  /// What is to be done.
  ///
  /// @param action in words, before the name of the package
  /// @param client what asks for it, in its own words, which prove nothing
  /// @param sameAddress whether it asks from the address that this browser has
  record ConfirmationView(
      String registry,
      String action,
      String subject,
      String client,
      String address,
      boolean sameAddress,
      String created,
      String expires) {}

  /// `GET confirmations/{secret}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request);
    visitor.requireSession();
    Confirmation found =
        access.confirmations().require(visitor.account(), request.variable("secret"));
    WaitingChange change = found.change();
    Registry registry = registries.directory().byId(change.registryId());
    return Answer.of(
        200,
        new ConfirmationView(
            registry == null ? "(deleted)" : registry.name(),
            change.action(),
            change.subject(),
            found.client(),
            found.address(),
            found.address().equals(request.client().getHostAddress()),
            found.created().toString(),
            found.expires().toString()));
  }

  /// `POST confirmations/{secret}`: allows the change, by a code, or refuses it.
  public Response decide(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    JsonBody body = ApiBody.read(request, "allow", "code");
    visitor.requireSession();
    String secret = request.variable("secret");
    if (body.flag("allow")) {
      String code = body.requireText("code");
      // First, so that no code is spent on what is over.
      var _ = access.confirmations().require(visitor.account(), secret);
      ShownFactor.require(access, visitor, code);
    }
    access.confirmations().decide(visitor.account(), secret, body.flag("allow"));
    return Answer.done();
  }
}
