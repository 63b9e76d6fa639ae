package dev.gatehouse.access.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.access.provider.saml.Refusal;
import dev.gatehouse.access.provider.saml.RefusedAnswer;
import dev.gatehouse.access.provider.saml.ResponseCheck;
import dev.gatehouse.access.provider.saml.SamlSettings;
import dev.gatehouse.access.provider.saml.ServiceProvider;
import dev.gatehouse.access.provider.saml.Statement;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Signing in by a provider that speaks SAML 2.0.
///
/// Its answer is a form that the browser posts from the provider's page: a request from another
/// site, with which our cookies do not go along, so that it does not show which browser brings it.
/// The answer is checked at once and kept under a ticket, which goes to whoever brought it and to
/// nobody else, in the address of our page. That page, which is of our own site, hands the ticket
/// on as it does the code of OpenID Connect, and then the cookie of the browser that began must be
/// there. Were the answer kept under the state alone, whoever began a way could let somebody else's
/// browser bring the answer, and then go on as them.
public final class SamlSignOn {
  private static final String ANSWERS = "/sign-in/provider/saml";
  private static final String PAGE = "/sign-in/provider";
  private static final int LENGTH = 40;
  private static final Pattern STATE = Pattern.compile("[0-9A-Za-z]{40}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final Clock clock;
  private final Providers providers;
  private final ProviderVisits visits;
  private final ResponseCheck check;
  private final @Nullable String base;

  SamlSignOn(
      Database database,
      Clock clock,
      Providers providers,
      ProviderVisits visits,
      @Nullable String base) {
    this.database = database;
    this.clock = clock;
    this.providers = providers;
    this.visits = visits;
    this.check = new ResponseCheck(clock);
    this.base = base;
  }

  /// What we are to the provider of the workspace called `workspace`, or to one that it may get;
  /// null if it is not configured how people address this server. `own` is the address of the
  /// workspace's own host, if people are there.
  public @Nullable ServiceProvider us(
      String workspace, @Nullable Provider provider, @Nullable String own) {
    if (base == null) {
      return null;
    }
    String entity =
        provider == null || !provider.speaksSaml()
            ? base + ANSWERS + "/" + workspace
            : provider.settings().clientId();
    return new ServiceProvider(entity, (own == null ? base : own) + ANSWERS);
  }

  /// Likewise, or a problem.
  public ServiceProvider require(
      String workspace, @Nullable Provider provider, @Nullable String own) {
    ServiceProvider us = us(workspace, provider, own);
    if (us == null) {
      throw new ProblemException(
          new Problem.Conflict(
              "This server does not know how people address it: whoever runs it sets"
                  + " server.base-url first."));
    }
    return us;
  }

  /// Where the browser goes that begins with `state`. `page` is where it comes back to.
  String address(Provider provider, String state, String page) {
    SamlSettings saml = saml(provider);
    var us =
        new ServiceProvider(
            provider.settings().clientId(),
            page.substring(0, page.length() - PAGE.length()) + ANSWERS);
    return us.address(saml.signOn(), ProviderVisits.Secret.question(state), state, clock.instant());
  }

  /// Takes the answer that a browser has posted, and says which page of ours it sees next; or
  /// throws [RefusedAnswer].
  ///
  /// @param state what the provider gives back, as `RelayState`
  public String accept(@Nullable String response, @Nullable String state, @Nullable String own) {
    Long id = state == null || !STATE.matcher(state).matches() ? null : visits.pending(state);
    Provider provider = id == null ? null : providers.byId(id);
    if (state == null || response == null || provider == null || !provider.speaksSaml()) {
      throw new RefusedAnswer(Refusal.UNSOLICITED);
    }
    return PAGE + "?state=" + state + "&code=" + ticket(provider, state, response, own);
  }

  /// The page that a browser sees next whose answer is not believed: its path is that of any other.
  public static String page(RefusedAnswer refused) {
    return PAGE + "?state=none&error=" + refused.refusal().word();
  }

  private String ticket(Provider provider, String state, String response, @Nullable String own) {
    ProviderSettings settings = provider.settings();
    ServiceProvider us = require("", provider, own);
    Statement proven =
        check.prove(
            response,
            new ResponseCheck.Expected(
                settings.issuer(), saml(provider), us, ProviderVisits.Secret.question(state)));
    String identity = JSON.valueToTree(new ClaimReader(settings).read(proven)).toString();
    String ticket = Secrets.draw(LENGTH);
    boolean isNew =
        database.write(handle -> {
          handle.execute("DELETE FROM saml_assertion WHERE ends < ?", clock.millis());
          return handle.execute(
                      "INSERT INTO saml_assertion (hash, ends) VALUES (?, ?) ON CONFLICT DO"
                          + " NOTHING",
                      Secrets.sha256(settings.issuer() + " " + proven.id()),
                      proven.ends().toEpochMilli())
                  == 1
              // Of a way that has ended meanwhile nothing is kept.
              && handle.execute(
                      """
                      INSERT INTO saml_ticket (hash, state, identity)
                      SELECT ?, state, ? FROM provider_visit WHERE state = ?
                      """,
                      Secrets.sha256(ticket),
                      identity,
                      Secrets.sha256(state))
                  == 1;
        });
    if (!isNew) {
      throw new RefusedAnswer(Refusal.REPLAY);
    }
    return ticket;
  }

  /// Who has come back on the way with `state`, whose browser has shown itself, by `ticket`, once.
  ProvenIdentity take(String state, String ticket) {
    String identity =
        database.write(handle ->
            handle
                .createQuery(
                    "DELETE FROM saml_ticket WHERE hash = ? AND state = ? RETURNING identity")
                .bind(0, Secrets.sha256(ticket))
                .bind(1, Secrets.sha256(state))
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    if (identity == null) {
      throw forbidden(Refusal.UNSOLICITED);
    }
    try {
      return JSON.readValue(identity, ProvenIdentity.class);
    } catch (JacksonException broken) {
      throw new IllegalStateException("A kept identity cannot be read.", broken);
    }
  }

  /// Tells whoever was sent to our page with the word of a refusal what it means.
  static void requireBelieved(@Nullable String error) {
    Refusal refusal = Refusal.of(error);
    if (refusal != null) {
      throw forbidden(refusal);
    }
  }

  private static ProblemException forbidden(Refusal refusal) {
    return new ProblemException(
        new Problem.Forbidden(
            "The provider did not prove who you are: %s.".formatted(refusal.sentence())));
  }

  private static SamlSettings saml(Provider provider) {
    return Objects.requireNonNull(provider.settings().saml());
  }
}
