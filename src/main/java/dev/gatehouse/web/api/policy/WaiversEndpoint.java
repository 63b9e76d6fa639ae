package dev.gatehouse.web.api.policy;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.store.StoredWaiver;
import dev.gatehouse.policy.store.Waivers;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Approvers;
import dev.gatehouse.web.api.Numbers;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/waivers`: people's exceptions from policies. Whoever may read may ask, as
/// it opens nothing; whoever has the role that the registry names decides.
public record WaiversEndpoint(Visitors visitors, Waivers waivers) {

  /// A waiver as the API shows it. `decidedBy` is null while nobody has decided.
  record WaiverView(
      long id,
      String name,
      String range,
      String policy,
      String state,
      String reason,
      @Nullable String until,
      @Nullable String asked,
      String askedBy,
      @Nullable String decided,
      @Nullable String decidedBy) {

    static WaiverView of(StoredWaiver waiver) {
      StoredWaiver.Step decision = waiver.decision();
      return new WaiverView(
          waiver.id(),
          waiver.request().name(),
          waiver.request().range(),
          waiver.request().policy().text(),
          ApiBody.word(waiver.state()),
          waiver.request().reason(),
          Answer.text(waiver.request().until()),
          Answer.text(waiver.asked().at()),
          waiver.asked().by(),
          decision == null ? null : Answer.text(decision.at()),
          decision == null ? null : decision.by());
    }

    String key() {
      return Long.toString(id);
    }
  }

  /// The number of a waiver that was asked for.
  record Asked(long id) {}

  /// `GET registries/{registry}/waivers`, the newest first; with `state`, those alone.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String state = request.query("state");
    StoredWaiver.State wanted =
        state == null ? null : ApiBody.choice(StoredWaiver.State.class, "state", state);
    List<WaiverView> all =
        waivers.list(registry).stream()
            .filter(one -> wanted == null || one.state() == wanted)
            .map(WaiverView::of)
            .toList();
    return Answer.of(
        200,
        Page.of(
            all,
            Page.Wanted.of(request),
            WaiverView::key,
            Comparator.comparingLong(Numbers::of).reversed()));
  }

  /// `POST registries/{registry}/waivers`: asks for one.
  public Response ask(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.READ);
    at.visitor().requireSelfService();
    JsonBody body = ApiBody.read(request, "name", "range", "policy", "reason", "until");
    PolicyName policy = PolicyName.parse(body.requireText("policy"));
    if (policy == null) {
      throw ApiBody.malformed("\"policy\" is none that is known: list the registry's policies.");
    }
    long id =
        waivers.ask(
            at.visitor().actor(),
            at.registry(),
            new StoredWaiver.Request(
                body.requireText("name"),
                body.requireText("range"),
                policy,
                body.requireText("reason"),
                until(body.requireText("until"))));
    return Answer.of(201, new Asked(id));
  }

  /// `PATCH registries/{registry}/waivers/{waiver}`: approves, refuses or revokes it.
  public Response decide(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.READ);
    Approvers.require(at.visitor(), at.registry());
    long id = Numbers.of(request.variable("waiver"));
    String state = ApiBody.read(request, "state").requireText("state");
    switch (state) {
      case "approved" -> waivers.approve(at.visitor().actor(), at.registry(), id);
      case "refused" -> waivers.refuse(at.visitor().actor(), at.registry(), id);
      case "revoked" -> waivers.revoke(at.visitor().actor(), at.registry(), id);
      default -> throw ApiBody.malformed("\"state\" is approved, refused or revoked.");
    }
    return Answer.done();
  }

  private static Instant until(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw ApiBody.malformed("\"until\" is an instant such as 2027-01-31T00:00:00Z.");
    }
  }
}
