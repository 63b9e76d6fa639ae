package dev.gatehouse.web.api.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.Provider;
import dev.gatehouse.access.provider.ProviderSettings;
import dev.gatehouse.access.provider.Providers;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `provider`: where the people of the workspace sign in besides. For owners.
public record ProviderEndpoint(Visitors visitors, Accounts accounts, SingleSignOn signOn) {
  private static final List<String> USUAL_SCOPES = List.of("openid", "profile", "email");

  /// The settings.
  ///
  /// @param secret whether the client has one; nobody sees it again
  /// @param roles the role of each group
  /// @param fallback the role of whoever is in none of them; null: they are refused
  record SettingsView(
      String name,
      String issuer,
      String clientId,
      boolean secret,
      List<String> scopes,
      String nameClaim,
      String groupsClaim,
      Map<String, String> roles,
      @Nullable String fallback,
      String secondFactor,
      boolean linking,
      boolean passwords) {

    static SettingsView of(Provider provider) {
      ProviderSettings set = provider.settings();
      Map<String, String> roles = new TreeMap<>();
      set.roles().forEach((group, role) -> roles.put(group, role.label()));
      Role fallback = set.fallback();
      return new SettingsView(
          set.name(),
          set.issuer(),
          set.clientId(),
          provider.sealed() != null,
          set.scopes(),
          set.nameClaim(),
          set.groupsClaim(),
          roles,
          fallback == null ? null : fallback.label(),
          ApiBody.word(set.secondFactor()),
          set.linking(),
          set.passwords());
    }
  }

  /// The settings, and what to tell the provider.
  ///
  /// @param redirect where the provider sends people back to; null: this server does not know how
  ///   people address it
  /// @param logout where it may tell that a session of its is over; null likewise
  record ProviderView(
      @Nullable String redirect, @Nullable String logout, @Nullable SettingsView settings) {}

  /// `GET provider`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    return Answer.tagged(request, view(request, signOn.providers().find(visitor.workspace().id())));
  }

  /// `PUT provider`. The issuer is asked who it is before anything is stored.
  public Response set(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    JsonBody body =
        ApiBody.read(
            request,
            "name",
            "issuer",
            "clientId",
            "secret",
            "scopes",
            "nameClaim",
            "groupsClaim",
            "roles",
            "fallback",
            "secondFactor",
            "linking",
            "passwords");
    ProviderSettings settings = settings(visitor, body);
    signOn.check(settings);
    Provider set =
        signOn
            .providers()
            .set(
                visitor.actor(),
                visitor.workspace().id(),
                new Providers.Wanted(settings, body.text("secret")),
                before -> Answer.requireMatch(request, view(request, before)));
    return Answer.tagged(request, view(request, set));
  }

  /// `DELETE provider`.
  public Response remove(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    signOn.providers().remove(visitor.actor(), visitor.workspace().id());
    return Answer.done();
  }

  private ProviderView view(Request request, @Nullable Provider provider) {
    String own = request.hostWorkspace() == null ? null : request.baseUrl();
    return new ProviderView(
        signOn.redirect(own), signOn.logout(), provider == null ? null : SettingsView.of(provider));
  }

  private ProviderSettings settings(Visitor visitor, JsonBody body) {
    String fallback = body.text("fallback");
    String factor = Objects.requireNonNullElse(body.text("secondFactor"), "never");
    return new ProviderSettings(
        body.requireText("name").strip(),
        body.requireText("issuer").strip(),
        body.requireText("clientId").strip(),
        body.has("scopes") ? body.texts("scopes") : USUAL_SCOPES,
        Objects.requireNonNullElse(body.text("nameClaim"), "preferred_username"),
        Objects.requireNonNullElse(body.text("groupsClaim"), "groups"),
        roles(visitor, body),
        fallback == null ? null : Role.of(fallback),
        ApiBody.choice(ProviderSettings.Factor.class, "secondFactor", factor),
        body.flag("linking"),
        !body.has("passwords") || body.flag("passwords"));
  }

  private Map<String, Role.Given> roles(Visitor visitor, JsonBody body) {
    long workspace = visitor.workspace().id();
    Map<String, Role.Given> roles = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : body.tree("roles").properties()) {
      if (!one.getValue().isTextual()) {
        throw ApiBody.malformed("\"roles\" names the role of each group, as a string.");
      }
      roles.put(one.getKey(), accounts.role(workspace, one.getValue().textValue()));
    }
    return roles;
  }
}
