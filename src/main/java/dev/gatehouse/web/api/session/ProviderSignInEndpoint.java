package dev.gatehouse.web.api.session;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.provider.Provider;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.BrowserSessions;
import dev.gatehouse.web.api.OwnPage;
import dev.gatehouse.web.api.SessionCookie;
import dev.gatehouse.web.api.Visitor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `sign-in/provider` and `me/provider`: signing in by the provider of a workspace, and linking the
/// account that one is signed in to. The provider sends the browser back to a page of the web app,
/// which hands on what it brings: so the cookie that binds the way to the browser, like that of the
/// session, never goes along with a request from another site.
public record ProviderSignInEndpoint(
    SessionEndpoint sessions, Access access, Workspaces workspaces, SingleSignOn signOn) {
  private static final String COOKIE = "gatehouse-sign-in";
  private static final long MINUTES_10 = 10L * 60;
  private static final int LONGEST = 4_000;

  /// What those need to know who are not in yet.
  ///
  /// @param name what the provider is called; null: there is none
  /// @param passwords whether those who are no owners may sign in by password
  /// @param signOut where people sign out of the provider, if that is known
  record ProviderOptions(@Nullable String name, boolean passwords, @Nullable String signOut) {}

  /// Where the browser goes.
  record ProviderWay(String address) {
    @Override
    public String toString() {
      return "ProviderWay[***]";
    }
  }

  /// Somebody who has come back.
  ///
  /// @param to the page that they wanted to see
  /// @param linked whether they have linked the account that they were signed in to
  record ArrivedView(Me me, String to, boolean linked) {}

  /// How one's own account stands with the provider.
  ///
  /// @param name what the provider is called; null: there is none
  /// @param linking whether one may link it oneself
  /// @param fresh whether one has just signed in by it, which is as good as a password
  /// @param provided whether one comes in by it alone, and has no password
  record OwnProviderView(
      @Nullable String name, boolean linked, boolean linking, boolean fresh, boolean provided) {}

  /// `GET sign-in/provider`: for everybody. A workspace that there is not has no provider either.
  public Response options(Request request) {
    Provider provider = of(request, request.query("workspace"));
    return Answer.of(
        200,
        provider == null
            ? new ProviderOptions(null, true, null)
            : new ProviderOptions(
                provider.settings().name(),
                provider.settings().passwords(),
                signOn.signOut(provider)));
  }

  /// `POST sign-in/provider`: begins.
  public Response begin(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "workspace", "to");
    Provider provider = of(request, body.text("workspace"));
    if (provider == null) {
      throw missing();
    }
    return way(request, provider, Objects.requireNonNullElse(body.text("to"), "/"), null);
  }

  /// `POST sign-in/provider/answer`: what the provider has sent the browser back with, or, where a
  /// code is missing, that.
  public Response answer(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "state", "code", "issuer", "error", "otp");
    String state = bounded(body.requireText("state"));
    String browser = Objects.requireNonNullElse(SessionCookie.read(request, COOKIE), "");
    String otp = body.text("otp");
    SingleSignOn.Arrived arrived =
        otp == null
            ? signOn.answer(
                new SingleSignOn.Brought(
                    own(request),
                    browser,
                    state,
                    bounded(body.text("code")),
                    bounded(body.text("issuer")),
                    bounded(body.text("error"))),
                signedIn(request))
            : signOn.confirm(state, browser, otp);
    return arrived.linked() ? linked(request, arrived) : entered(request, arrived);
  }

  /// `GET me/provider`.
  public Response mine(Request request) {
    Visitor visitor = sessions.visitors().anyVisitor(request);
    Provider provider = signOn.providers().find(visitor.workspace().id());
    String session = visitor.session();
    boolean fresh = session != null && access.sessions().isFreshByProvider(session);
    return Answer.of(
        200,
        provider == null
            ? new OwnProviderView(null, false, false, fresh, false)
            : new OwnProviderView(
                provider.settings().name(),
                signOn.links().has(visitor.account(), provider),
                provider.settings().linking(),
                fresh,
                access.accounts().isProvided(visitor.account())));
  }

  /// `POST me/provider`: begins to link the account that one is signed in to.
  public Response link(Request request) throws IOException {
    Visitor visitor = sessions.visitors().visitor(request);
    ApiBody.read(request);
    visitor.requireSession();
    Provider provider = signOn.providers().require(visitor.workspace().id());
    return way(request, provider, "/account", visitor.account());
  }

  private Response way(Request request, Provider provider, String to, @Nullable Account linking) {
    SingleSignOn.Begun begun =
        signOn.begin(provider, new SingleSignOn.Start(request.client(), own(request), to), linking);
    return Answer.of(201, new ProviderWay(begun.address()))
        .with("set-cookie", SessionCookie.set(request, COOKIE, begun.browser(), MINUTES_10));
  }

  /// A sign-in draws a new secret, whatever session the browser had there.
  private Response entered(Request request, SingleSignOn.Arrived arrived) {
    BrowserSessions browser = sessions.visitors().browser();
    browser.endIn(request, arrived.account());
    String secret =
        access.sessions().openByProvider(arrived.account(), arrived.factor(), arrived.session());
    Visitor visitor = sessions.entered(request, arrived.account(), secret);
    return Answer.of(201, new ArrivedView(sessions.me(visitor), arrived.target(), false))
        .with("set-cookie", browser.with(request, arrived.account(), secret));
  }

  private Response linked(Request request, SingleSignOn.Arrived arrived) {
    BrowserSessions.Held held =
        Objects.requireNonNull(
            sessions.visitors().browser().in(request, arrived.account().workspaceId()));
    Visitor visitor = sessions.entered(request, arrived.account(), held.secret());
    return Answer.of(201, new ArrivedView(sessions.me(visitor), arrived.target(), true))
        .with("set-cookie", SessionCookie.set(request, COOKIE, "", 0));
  }

  /// A workspace's own host: people who begin there come back there, where their cookies are.
  private static @Nullable String own(Request request) {
    return request.hostWorkspace() == null ? null : request.baseUrl();
  }

  private List<Account> signedIn(Request request) {
    return sessions.visitors().browser().of(request).stream()
        .map(BrowserSessions.Held::account)
        .toList();
  }

  private @Nullable Provider of(Request request, @Nullable String named) {
    Workspace workspace = workspaces.find(Addressed.workspace(request, named));
    return workspace == null ? null : signOn.providers().find(workspace.id());
  }

  private static <T extends @Nullable String> T bounded(T text) {
    if (text != null && text.length() > LONGEST) {
      throw ApiBody.malformed("The provider's answer is longer than 4,000 characters.");
    }
    return text;
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound("This workspace has no provider to sign in with."));
  }
}
