package dev.gatehouse.access.provider;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.factor.SecondFactors;
import dev.gatehouse.access.provider.logout.LogoutWord;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.UpstreamClient;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Signing in by the provider of a workspace, bound to the browser that began it: the authorization
/// code flow of OpenID Connect, or SAML 2.0 ([SamlSignOn]).
public final class SingleSignOn {
  private static final String CALLBACK = "/sign-in/provider";
  private static final String LOGOUT = "/sign-in/provider/logout";
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

  private final Access access;
  private final Trail trail;
  private final Providers providers;
  private final ProviderLinks links;
  private final ProviderVisits visits;
  private final Arrivals arrivals;
  private final Discovery discovery;
  private final CodeExchange exchange;
  private final SamlSignOn saml;
  private final @Nullable String base;

  /// What it is made of.
  public record Parts(
      Database database, Vault vault, Trail trail, UpstreamClient client, Access access) {}

  /// Over `parts`. `base` is how people address this server, if that is configured: nobody is sent
  /// back to anywhere else.
  public SingleSignOn(Parts parts, @Nullable String base) {
    this.access = parts.access;
    this.trail = parts.trail;
    this.base = base == null ? null : base.replaceFirst("/+$", "");
    this.providers =
        new Providers(parts.database, parts.trail, parts.vault, access.accounts()::reload);
    this.links = new ProviderLinks(parts.database, parts.trail);
    this.visits = new ProviderVisits(parts.database, parts.trail.clock());
    this.arrivals = new Arrivals(parts.database, parts.trail, access.accounts(), links);
    this.discovery = new Discovery(parts.client, parts.trail.clock());
    this.exchange = new CodeExchange(parts.client, discovery);
    this.saml = new SamlSignOn(parts.database, parts.trail.clock(), providers, visits, this.base);
  }

  /// A way to the provider that has begun: where the browser goes, and what its cookie holds.
  public record Begun(String address, String browser) {
    @Override
    public String toString() {
      return "Begun[***]";
    }
  }

  /// Where somebody begins, and which page of ours they want to see afterwards.
  ///
  /// @param own the address of the workspace's own host, if they are there; null: the configured
  ///   one
  public record Start(InetAddress address, @Nullable String own, String target) {}

  /// What a browser brings back: the secret of its cookie, and what stands in the address.
  ///
  /// @param own the address of the workspace's own host, if it was sent back there, or null
  /// @param error why the provider does not say who it is; null: `code` leads there
  public record Brought(
      @Nullable String own,
      String browser,
      String state,
      @Nullable String code,
      @Nullable String issuer,
      @Nullable String error) {
    @Override
    public String toString() {
      return "Brought[***]";
    }
  }

  /// Somebody who has come back.
  ///
  /// @param linked whether they have linked the account that they were signed in to, and are not
  ///   signed in anew
  /// @param factor whether the provider's second factor counts as ours
  /// @param session what the provider calls their session; null: it does not say
  public record Arrived(
      Account account, String target, boolean linked, boolean factor, @Nullable String session) {}

  /// What is special about providers that speak SAML.
  public SamlSignOn saml() {
    return saml;
  }

  /// The settings.
  public Providers providers() {
    return providers;
  }

  /// Whose account is whose.
  public ProviderLinks links() {
    return links;
  }

  /// The address that the provider must know as one to send people back to, or null if it is not
  /// configured how people address this server. `own` is the address of a workspace's own host,
  /// where people are sent back to who began there.
  public @Nullable String redirect(@Nullable String own) {
    return base == null ? null : (own == null ? base : own) + CALLBACK;
  }

  /// Where the provider may tell that sessions of its are over, or null likewise.
  public @Nullable String logout() {
    return base == null ? null : base + LOGOUT;
  }

  /// Ends the sessions that a provider says are over, by a token of its own; refuses what proves
  /// nothing.
  public void signOutBehind(String token) {
    LogoutWord word = LogoutWord.read(token);
    if (word != null) {
      List<Provider> all = providers.of(word.issuer(), word.clients());
      for (Provider one : all) {
        LogoutWord.Proven proven = exchange.prove(one.settings(), word, now());
        if (proven != null && providers.sessions().end(workspacesOf(all, one), proven)) {
          return;
        }
      }
    }
    throw new ProblemException(
        new Problem.Malformed(
            "This is no logout token that a provider of this server has signed, or it came"
                + " before."));
  }

  /// Those of `all` that have the same client as `one`: what is proven for it is for them.
  private static List<Long> workspacesOf(List<Provider> all, Provider one) {
    return all.stream()
        .filter(other -> other.settings().clientId().equals(one.settings().clientId()))
        .map(Provider::workspaceId)
        .toList();
  }

  private Instant now() {
    return trail.clock().instant();
  }

  /// Where people sign out of the provider, or null if it offers that not, or is not known yet.
  public @Nullable String signOut(Provider provider) {
    var end =
        base == null || provider.speaksSaml()
            ? null
            : exchange.end(provider.settings(), base + "/sign-in");
    return end == null ? null : end.toString();
  }

  /// Asks the issuer who it is, and refuses settings that cannot work. Whoever speaks SAML is not
  /// asked: what is to know of them stands in the settings.
  public void check(ProviderSettings settings) {
    requireRedirect(null);
    if (settings.saml() != null) {
      return;
    }
    try {
      discovery.forget(settings);
      discovery.endpoints(settings);
    } catch (ProblemException refused) {
      throw refused.problem() instanceof Problem.UpstreamFailed failed
          ? new ProblemException(new Problem.Malformed(failed.sentence()))
          : refused;
    }
  }

  /// Begins a sign-in, or, with the account that somebody is signed in to, linking it.
  public Begun begin(Provider provider, Start start, @Nullable Account linking) {
    if (linking != null && !provider.settings().linking()) {
      throw forbidden("Your workspace does not let people link accounts themselves: ask an admin.");
    }
    String redirect = requireRedirect(start.own);
    var from = new ProviderVisits.From(start.address, start.target, linking);
    ProviderVisits.Secret secret = visits.begin(provider, from);
    String address =
        provider.speaksSaml()
            ? saml.address(provider, secret.state(), redirect)
            : exchange.address(provider.settings(), secret, redirect).toString();
    return new Begun(address, secret.browser());
  }

  /// Takes what a browser brings back. `signedIn` is whose sessions it has. Somebody whose own
  /// second factor is still asked for stays expected: see [#confirm].
  public Arrived answer(Brought brought, List<Account> signedIn) {
    SamlSignOn.requireBelieved(brought.error);
    var secret = new ProviderVisits.Secret(brought.state, brought.browser);
    ProviderVisits.Visit visit = visits.answered(secret);
    Provider provider = provider(visit);
    ProvenIdentity proven = prove(provider, secret, brought);
    if (visit.linkingId() != null) {
      Account mine = requireSame(signedIn, visit.linkingId());
      arrivals.link(mine, provider, proven);
      visits.end(secret);
      return new Arrived(mine, visit.target(), true, false, null);
    }
    Account account = arrivals.arrive(provider, proven);
    boolean factor = counts(provider.settings(), proven);
    if (!factor && access.secondFactors().standing(account).on()) {
      visits.prove(secret, account, proven.session());
      throw new ProblemException(
          new Problem.SecondFactorNeeded(
              "A one-time password is needed: the code that your authenticator app shows."));
    }
    visits.end(secret);
    return new Arrived(account, visit.target(), false, factor, proven.session());
  }

  /// Takes the code of somebody who has come back before.
  public Arrived confirm(String state, String browser, String otp) {
    var secret = new ProviderVisits.Secret(state, browser);
    ProviderVisits.Visit visit = visits.proved(secret);
    Account account = access.accounts().active(Objects.requireNonNull(visit.provedId()));
    if (account == null) {
      throw forbidden("Your account was deactivated: ask an owner of the workspace.");
    }
    SecondFactors factors = access.secondFactors();
    factors.check(account, otp);
    visits.end(secret);
    return new Arrived(account, visit.target(), false, false, visit.provedSession());
  }

  private ProvenIdentity prove(Provider provider, ProviderVisits.Secret secret, Brought brought) {
    ProviderSettings settings = provider.settings();
    if (!provider.speaksSaml()) {
      exchange.requireIssuer(settings, brought.issuer);
    }
    String code = brought.code;
    if (code == null || brought.error != null) {
      throw forbidden(refusal(settings, brought.error));
    }
    return provider.speaksSaml()
        ? saml.take(secret.state(), code)
        : exchange.prove(
            settings,
            providers.secret(provider),
            new CodeExchange.Brought(
                code, secret.verifier(), secret.nonce(), requireRedirect(brought.own)));
  }

  private Provider provider(ProviderVisits.Visit visit) {
    Provider provider = providers.byId(visit.providerId());
    if (provider == null) {
      throw forbidden("The provider that you come from is not used here any more: sign in anew.");
    }
    return provider;
  }

  private String requireRedirect(@Nullable String own) {
    var _ = saml.require("", null, own);
    return Objects.requireNonNull(redirect(own));
  }

  private static Account requireSame(List<Account> signedIn, long linking) {
    return signedIn.stream()
        .filter(one -> one.id() == linking)
        .findFirst()
        .orElseThrow(() ->
            forbidden(
                "You are not signed in any more to the account that you wanted to link: sign in to"
                    + " it and begin again."));
  }

  private static boolean counts(ProviderSettings settings, ProvenIdentity proven) {
    return switch (settings.secondFactor()) {
      case NEVER -> false;
      case CLAIMED -> proven.manyFactors();
      case ALWAYS -> true;
    };
  }

  /// What the provider says is not repeated, but for a word that a standard may know.
  private static String refusal(ProviderSettings settings, @Nullable String error) {
    if ("access_denied".equals(error)) {
      return "\"%s\" did not let you through, or you have cancelled. Try again, or ask whoever runs it."
          .formatted(settings.name());
    }
    boolean plain = error != null && ERROR.matcher(error).matches();
    return "\"%s\" could not sign you in%s. Try again, or ask whoever runs it."
        .formatted(settings.name(), plain ? " (" + error + ")" : "");
  }

  private static ProblemException forbidden(String sentence) {
    return new ProblemException(new Problem.Forbidden(sentence));
  }
}
