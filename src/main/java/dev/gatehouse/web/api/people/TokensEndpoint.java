package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.IssuedToken;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.ShownFactor;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `tokens`: one's own, and no others.
public record TokensEndpoint(Visitors visitors, Access access, Registries registries) {

  /// A token as lists show it.
  ///
  /// @param shown the first characters of its text
  /// @param registries the only ones that it works on; empty: all
  /// @param packages the only ones that it changes, scopes as `@acme/*`; empty: all
  /// @param unattended whether it needs no second factor where a registry asks for one
  record TokenView(
      String key,
      String name,
      String shown,
      boolean readOnly,
      List<String> registries,
      List<String> packages,
      List<String> cidrs,
      @Nullable String created,
      @Nullable String expires,
      @Nullable String lastUsed,
      boolean unattended) {}

  /// A token that was just made: the only time that `text` is seen.
  record Made(String text, TokenView token) {
    @Override
    public String toString() {
      return "Made[text=***, token=" + token + "]";
    }
  }

  /// `GET tokens`, the newest first.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request);
    List<TokenView> tokens =
        access.tokens().list(visitor.account()).reversed().stream().map(this::view).toList();
    return Answer.of(
        200,
        Page.of(
            tokens,
            Page.Wanted.of(request),
            TokenView::key,
            Comparator.comparingInt(order(tokens))));
  }

  /// `POST tokens`. A token makes none that is wider than itself; one that needs no second factor
  /// is made by showing it once.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    visitor.requireSelfService();
    JsonBody body =
        ApiBody.read(
            request,
            "name",
            "readOnly",
            "registries",
            "packages",
            "cidrs",
            "expires",
            "unattended",
            "code");
    TokenLimits limits = limits(visitor, body);
    if (body.flag("unattended")) {
      visitor.requireSession();
      ShownFactor.require(access, visitor, body.requireText("code"));
    }
    IssuedToken issued =
        access
            .tokens()
            .create(
                visitor.actor(),
                visitor.account(),
                new NewToken(
                    Objects.requireNonNullElse(body.text("name"), ""),
                    limits,
                    visitor.identity().parentLimits(),
                    body.flag("unattended")));
    return Answer.of(201, new Made(issued.text(), view(issued.token())));
  }

  private TokenLimits limits(Visitor visitor, JsonBody body) {
    Set<Long> ids = new HashSet<>();
    for (String name : body.texts("registries")) {
      ids.add(visitors.registry(visitor, name).id());
    }
    return new TokenLimits(
        body.flag("readOnly"),
        ids,
        body.texts("packages").stream().map(PackageLimit::of).collect(Collectors.toSet()),
        body.texts("cidrs").stream().map(AddressRange::of).toList(),
        expires(body.text("expires")));
  }

  /// `DELETE tokens/{token}`, by key. A read-only token may end itself and nothing else.
  public Response revoke(Request request) {
    Visitor visitor = visitors.visitor(request);
    Token token = access.tokens().require(visitor.account(), request.variable("token"));
    Token presented = visitor.identity().token();
    if (presented == null || presented.id() != token.id()) {
      visitor.requireSelfService();
    }
    access.tokens().revoke(visitor.actor(), visitor.account(), token.key());
    return Answer.done();
  }

  /// Keys are drawn by chance: their place in the list is the order. One that is gone meanwhile
  /// stands before all.
  private static ToIntFunction<String> order(List<TokenView> tokens) {
    List<String> keys = tokens.stream().map(TokenView::key).toList();
    return keys::indexOf;
  }

  private TokenView view(Token token) {
    Directory directory = registries.directory();
    return new TokenView(
        token.key(),
        token.name(),
        token.shown(),
        token.limits().readOnly(),
        token.limits().registries().stream()
            .map(directory::byId)
            .map(one -> one == null ? "(deleted)" : one.name())
            .sorted()
            .toList(),
        token.limits().packages().stream().map(PackageLimit::text).sorted().toList(),
        token.limits().ranges().stream().map(Objects::toString).toList(),
        Answer.text(token.created()),
        Answer.text(token.limits().expires()),
        Answer.text(token.lastUsed()),
        token.unattended());
  }

  private static @Nullable Instant expires(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw ApiBody.malformed("\"expires\" is an instant such as 2027-01-31T00:00:00Z.");
    }
  }
}
