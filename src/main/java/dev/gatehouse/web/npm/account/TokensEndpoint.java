package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.token.IssuedToken;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.JsonBody;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `-/npm/v1/tokens` and `-/user/token/{token}`: the caller's own tokens, and no others.
public record TokensEndpoint(Gate gate, Access access, Clock clock) {
  private static final int LARGEST_BODY = 64 << 10;
  private static final int PER_PAGE = 100;

  /// `GET -/npm/v1/tokens`, a hundred at a time: `urls.next` leads to the next ones.
  public Response list(Request request) {
    Caller caller = gate.caller(request, Right.READ);
    List<Token> tokens = access.tokens().list(caller.requireIdentity().account());
    int page = page(request);
    int from = Math.min(tokens.size(), page * PER_PAGE);
    int to = Math.min(tokens.size(), from + PER_PAGE);
    Map<String, String> urls =
        to == tokens.size()
            ? Map.of()
            : Map.of("next", caller.base() + "/-/npm/v1/tokens?page=" + (page + 1));
    return Response.json(
            200,
            Map.of(
                "objects",
                tokens.subList(from, to).stream().map(TokensEndpoint::listed).toList(),
                "urls",
                urls))
        .with("cache-control", "no-store");
  }

  /// `POST -/npm/v1/tokens`. A password that is sent must be right, and is as good as logging in;
  /// without one, the new token keeps within the limits of the one that asks.
  public Response create(Request request) throws IOException {
    Identity identity = gate.caller(request, Right.READ).requireIdentity();
    requireSelfService(identity);
    TokenRequest asked = TokenRequest.of(JsonBody.read(request, LARGEST_BODY), clock.instant());
    String password = asked.password();
    if (password != null) {
      PasswordProof.require(access, identity.account(), password, request);
    }
    TokenLimits parent = password == null ? identity.parentLimits() : null;
    IssuedToken issued =
        access
            .tokens()
            .create(
                identity.actor(),
                identity.account(),
                new NewToken(asked.name(), asked.limits(), parent));
    Map<String, @Nullable Object> answer = listed(issued.token());
    answer.put("token", issued.text());
    return Response.json(201, answer).with("cache-control", "no-store");
  }

  /// `DELETE -/npm/v1/tokens/token/{token}`, by key or by the token itself.
  public Response revoke(Request request) {
    revokeOwn(request);
    return Response.empty(204);
  }

  /// `DELETE -/user/token/{token}`: logging out.
  public Response logout(Request request) {
    revokeOwn(request);
    return Response.json(200, Map.of("ok", true)).with("cache-control", "no-store");
  }

  /// A read-only token may end itself and nothing else.
  private void revokeOwn(Request request) {
    Identity identity = gate.caller(request, Right.READ).requireIdentity();
    Token token = access.tokens().require(identity.account(), request.variable("token"));
    Token presented = identity.token();
    if (presented == null || presented.id() != token.id()) {
      requireSelfService(identity);
    }
    access.tokens().revoke(identity.actor(), identity.account(), token.key());
  }

  private static void requireSelfService(Identity identity) {
    Problem refusal = identity.selfServiceRefusal();
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
  }

  private static int page(Request request) {
    String page = request.query("page");
    return page != null && page.matches("\\d{1,4}") ? Integer.parseInt(page) : 0;
  }

  /// `token` is what the token starts with: npm compares it with what people want to revoke.
  private static Map<String, @Nullable Object> listed(Token token) {
    List<String> ranges = token.limits().ranges().stream().map(Objects::toString).toList();
    Map<String, @Nullable Object> listed = new LinkedHashMap<>();
    listed.put("key", token.key());
    listed.put("token", token.shown().replace("…", ""));
    listed.put("name", token.name());
    listed.put("readonly", token.limits().readOnly());
    listed.put("cidr_whitelist", ranges.isEmpty() ? null : ranges);
    listed.put("created", text(token.created()));
    listed.put("updated", text(token.created()));
    listed.put("expires", text(token.limits().expires()));
    listed.put("last_used", text(token.lastUsed()));
    return listed;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
