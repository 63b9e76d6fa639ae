package dev.gatehouse.web.api.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.Provider;
import dev.gatehouse.access.provider.ProviderSettings;
import dev.gatehouse.access.provider.Providers;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.access.provider.saml.ServiceProvider;
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
  /// @param saml what else is known of one that speaks SAML; null: it speaks OpenID Connect
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
      boolean passwords,
      @Nullable SamlPart saml) {

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
          set.passwords(),
          SamlPart.of(set.saml()));
    }
  }

  /// The settings, and what to tell the provider.
  ///
  /// @param redirect where the provider sends people back to; null: this server does not know how
  ///   people address it
  /// @param logout where it may tell that a session of its is over; null likewise
  /// @param saml what a provider that speaks SAML must know; null likewise
  record ProviderView(
      @Nullable String redirect,
      @Nullable String logout,
      @Nullable ServiceView saml,
      @Nullable SettingsView settings) {}

  /// What a provider that speaks SAML must know of us.
  ///
  /// @param answers where its answers go, by the POST binding
  /// @param metadata where all of it stands for the provider to read
  record ServiceView(String entityId, String answers, String metadata) {}

  /// `GET provider`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    return Answer.tagged(
        request, view(request, visitor, signOn.providers().find(visitor.workspace().id())));
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
            "passwords",
            "saml");
    ProviderSettings settings = settings(request, visitor, body);
    signOn.check(settings);
    Provider set =
        signOn
            .providers()
            .set(
                visitor.actor(),
                visitor.workspace().id(),
                new Providers.Wanted(settings, body.text("secret")),
                before -> Answer.requireMatch(request, view(request, visitor, before)));
    return Answer.tagged(request, view(request, visitor, set));
  }

  /// `DELETE provider`.
  public Response remove(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    signOn.providers().remove(visitor.actor(), visitor.workspace().id());
    return Answer.done();
  }

  private ProviderView view(Request request, Visitor visitor, @Nullable Provider provider) {
    String own = request.hostWorkspace() == null ? null : request.baseUrl();
    ServiceProvider us = signOn.saml().us(visitor.workspace().name(), provider, own);
    return new ProviderView(
        signOn.redirect(own),
        signOn.logout(),
        us == null
            ? null
            : new ServiceView(
                us.entityId(), us.answers(), us.answers() + "/" + visitor.workspace().name()),
        provider == null ? null : SettingsView.of(provider));
  }

  /// What a SAML provider's metadata say comes before what is written besides.
  private ProviderSettings settings(Request request, Visitor visitor, JsonBody body) {
    SamlPart.Wanted saml = SamlPart.read(body);
    String fallback = body.text("fallback");
    String factor = Objects.requireNonNullElse(body.text("secondFactor"), "never");
    return new ProviderSettings(
        body.requireText("name").strip(),
        saml != null && saml.issuer() != null ? saml.issuer() : body.requireText("issuer").strip(),
        saml == null ? body.requireText("clientId").strip() : ourName(request, visitor, body),
        scopes(body, saml),
        Objects.requireNonNullElse(
            body.text("nameClaim"), saml == null ? "preferred_username" : "uid"),
        Objects.requireNonNullElse(body.text("groupsClaim"), "groups"),
        roles(visitor, body),
        fallback == null ? null : Role.of(fallback),
        ApiBody.choice(ProviderSettings.Factor.class, "secondFactor", factor),
        body.flag("linking"),
        !body.has("passwords") || body.flag("passwords"),
        saml == null ? null : saml.settings());
  }

  private static List<String> scopes(JsonBody body, SamlPart.@Nullable Wanted saml) {
    if (saml != null) {
      return List.of();
    }
    return body.has("scopes") ? body.texts("scopes") : USUAL_SCOPES;
  }

  /// What a SAML provider calls us, unless the settings say otherwise: it stays when the workspace
  /// gets another name.
  private String ourName(Request request, Visitor visitor, JsonBody body) {
    String own = request.hostWorkspace() == null ? null : request.baseUrl();
    String named = body.text("clientId");
    if (named != null && !named.isBlank()) {
      return named.strip();
    }
    Provider before = signOn.providers().find(visitor.workspace().id());
    return signOn.saml().require(visitor.workspace().name(), before, own).entityId();
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
