package dev.gatehouse.web.api.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.policy.store.LicencePolicies;
import dev.gatehouse.policy.store.NamedLicences;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `licence-policies`: sets of licence rules by name, which the policy `licences` of registries
/// refers to by `use`.
public record LicencePoliciesEndpoint(Visitors visitors, LicencePolicies licences) {

  /// A licence policy as the API shows it.
  ///
  /// @param settings its rules and what is done where none decides, defaults included
  /// @param usedBy the registries that refer to it, and the workspace's default
  record LicencePolicyView(
      String name,
      ObjectNode settings,
      List<String> usedBy,
      @Nullable String changed,
      String changedBy) {}

  /// `GET licence-policies`, by name.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    List<LicencePolicyView> all =
        licences.list(visitor.workspace()).stream().map(one -> view(visitor, one)).toList();
    return Answer.of(
        200,
        Page.of(all, Page.Wanted.of(request), LicencePolicyView::name, Comparator.naturalOrder()));
  }

  /// `GET licence-policies/{licences}`.
  public Response show(Request request) {
    return Answer.tagged(request, required(visitors.visitor(request, Right.READ), request));
  }

  /// `PUT licence-policies/{licences}`: makes or changes one. A setting that is not named stays as
  /// it is, null takes it back.
  public Response set(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    Workspace workspace = visitor.workspace();
    String name = request.variable("licences");
    boolean exists = licences.list(workspace).stream().anyMatch(one -> one.name().equals(name));
    Answer.requireMatch(request, exists ? required(visitor, request) : "There is none yet.");
    JsonBody body = ApiBody.read(request, "settings");
    licences.set(visitor.actor(), workspace, name, body.tree("settings"));
    return Answer.tagged(request, required(visitor, request));
  }

  /// `DELETE licence-policies/{licences}`: refused while somebody refers to it.
  public Response delete(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    Answer.requireMatch(request, required(visitor, request));
    licences.delete(visitor.actor(), visitor.workspace(), request.variable("licences"));
    return Answer.done();
  }

  private LicencePolicyView required(Visitor visitor, Request request) {
    return view(visitor, licences.require(visitor.workspace(), request.variable("licences")));
  }

  private LicencePolicyView view(Visitor visitor, NamedLicences one) {
    Workspace workspace = visitor.workspace();
    return new LicencePolicyView(
        one.name(),
        one.whole(),
        licences.usedBy(workspace, one.name()).stream()
            .filter(name -> !visitors.hides(visitor, name))
            .toList(),
        Answer.text(one.change().at()),
        one.change().by());
  }
}
