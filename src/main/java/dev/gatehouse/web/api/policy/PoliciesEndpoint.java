package dev.gatehouse.web.api.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.policy.store.PolicyState;
import dev.gatehouse.policy.store.StoredPolicy;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/policies`: what a registry withholds. Immutable versions and freezing are
/// settings of the registry itself and are shown here only.
public record PoliciesEndpoint(Visitors visitors, Policies policies) {

  /// A policy as the API shows it.
  ///
  /// @param source where its mode comes from: `kind`, `workspace`, `registry` or `setting`
  /// @param settable whether it is set here; else it follows from the registry's own settings
  /// @param changedBy who last set it; null if nobody did
  record PolicyView(
      String policy,
      String mode,
      ObjectNode settings,
      String source,
      boolean settable,
      @Nullable String changed,
      @Nullable String changedBy) {

    static PolicyView of(PolicyState state) {
      StoredPolicy.Change change = state.change();
      boolean settable =
          state.policy() != PolicyName.IMMUTABLE && state.policy() != PolicyName.FREEZE;
      return new PolicyView(
          state.policy().text(),
          ApiBody.word(state.mode()),
          state.settings(),
          ApiBody.word(state.source()),
          settable,
          change == null ? null : Answer.text(change.at()),
          change == null ? null : change.by());
    }
  }

  record PolicyList(List<PolicyView> items) {}

  /// `GET registries/{registry}/policies`.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    List<PolicyView> items = policies.states(registry).stream().map(PolicyView::of).toList();
    return Answer.tagged(request, new PolicyList(items));
  }

  /// `GET registries/{registry}/policies/{policy}`.
  public Response show(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    return Answer.tagged(request, view(registry, request));
  }

  /// `PUT registries/{registry}/policies/{policy}`: a setting that is not named stays as it is,
  /// null takes it back.
  public Response set(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    PolicyView before = view(at.registry(), request);
    Answer.requireMatch(request, before);
    JsonBody body = ApiBody.read(request, "mode", "settings");
    policies.set(
        at.visitor().actor(),
        at.registry(),
        settable(before),
        ApiBody.choice(Mode.class, "mode", body.requireText("mode")),
        body.tree("settings"));
    return Answer.tagged(request, view(at.registry(), request));
  }

  /// `DELETE registries/{registry}/policies/{policy}`: what the registry inherits counts again.
  public Response inherit(Request request) {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    PolicyView before = view(at.registry(), request);
    Answer.requireMatch(request, before);
    policies.inherit(at.visitor().actor(), at.registry(), settable(before));
    return Answer.tagged(request, view(at.registry(), request));
  }

  private PolicyView view(Registry registry, Request request) {
    PolicyName wanted = PolicyName.parse(request.variable("policy"));
    return policies.states(registry).stream()
        .filter(one -> one.policy() == wanted)
        .findFirst()
        .map(PolicyView::of)
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound("There is no such policy: list them to see.")));
  }

  private static PolicyName settable(PolicyView view) {
    PolicyName name = PolicyName.parse(view.policy());
    if (name == null || !view.settable()) {
      throw ApiBody.malformed(
          "This one follows from the registry's settings: change \"overwriting\" or \"archived\""
              + " there.");
    }
    return name;
  }
}
