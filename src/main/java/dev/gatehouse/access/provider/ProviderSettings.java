package dev.gatehouse.access.provider;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.saml.SamlSettings;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the owners of a workspace have set about its provider.
///
/// @param name what the button on the sign-in page calls it
/// @param issuer of a SAML provider its entity ID
/// @param clientId what it calls us: with SAML our entity ID
/// @param nameClaim the claim, or attribute, that a new account is named by
/// @param groupsClaim the claim that holds the groups; with dots, a path into nested ones
/// @param roles the role of each group that has one, as it stood when this was read
/// @param fallback the role of whoever is in none of them; null: they are refused
/// @param linking whether people may link the account that they are signed in to
/// @param passwords whether those who are no owners may sign in by password
/// @param saml what else is known of one that speaks SAML; null: it speaks OpenID Connect
public record ProviderSettings(
    String name,
    String issuer,
    String clientId,
    List<String> scopes,
    String nameClaim,
    String groupsClaim,
    Map<String, Role.Given> roles,
    @Nullable Role fallback,
    Factor secondFactor,
    boolean linking,
    boolean passwords,
    @Nullable SamlSettings saml) {
  private static final int LONGEST = 200;
  private static final int LONGEST_ADDRESS = 1_000;
  private static final int MOST_GROUPS = 200;
  private static final int MOST_SCOPES = 20;
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,100}");
  private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_:/.#-]{1,200}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|\\p{Cf}");

  /// When a second factor that the provider asked for counts as ours.
  public enum Factor {
    /// It does not.
    NEVER,
    /// Where the provider says, by `amr`, that it asked for several factors.
    CLAIMED,
    /// The provider asks everybody for one.
    ALWAYS
  }

  /// Checks every part, with a sentence for what cannot be.
  public ProviderSettings {
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(new TreeMap<>(roles));
    requireText("name", name);
    requireText("clientId", clientId);
    if (saml == null) {
      requireWeb(issuer);
      requireScopes(scopes);
    } else {
      requireText("issuer", issuer);
      requireSaml(saml);
    }
    require(
        CLAIM.matcher(nameClaim).matches() && CLAIM.matcher(groupsClaim).matches(),
        "A claim's name is made of letters, digits and . _ : / # -");
    require(roles.size() <= MOST_GROUPS, "At most 200 groups can have a role.");
    roles.keySet().forEach(group -> requireText("roles", group));
    require(
        fallback == null || fallback.compareTo(Role.DEVELOPER) >= 0,
        "Whoever is in no group gets at most the role developer: give owners and admins a group.");
  }

  /// The issuer as somewhere to ask.
  UpstreamSource source() {
    return new UpstreamSource(URI.create(issuer), null);
  }

  /// Whether `uri` may be asked or shown: encrypted, or on the machine itself if the issuer is.
  static boolean isSafe(URI uri) {
    String host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return false;
    }
    boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local);
  }

  private static void requireScopes(List<String> scopes) {
    require(
        scopes.contains("openid")
            && scopes.size() <= MOST_SCOPES
            && scopes.stream().allMatch(one -> SCOPE.matcher(one).matches()),
        "\"scopes\" are up to 20 words, \"openid\" among them.");
  }

  private static void requireSaml(SamlSettings saml) {
    require(
        isSafe(uri(saml.signOn())) && saml.signOn().length() <= LONGEST_ADDRESS,
        "\"signOn\" is the provider's address for sign-ins (HTTP-Redirect), which begins with"
            + " https://.");
    require(
        saml.subject().isEmpty() || CLAIM.matcher(saml.subject()).matches(),
        "An attribute's name is made of letters, digits and . _ : / # -");
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (java.net.URISyntaxException _) {
      return URI.create("");
    }
  }

  private static void requireWeb(String issuer) {
    URI uri = uri(issuer);
    require(
        isSafe(uri) && issuer.length() <= LONGEST,
        "The issuer is an address that begins with https://, as the provider writes it in its"
            + " discovery document.");
    new UpstreamSource(uri, null);
  }

  private static void requireText(String member, String text) {
    require(
        !text.isBlank() && text.length() <= LONGEST && !CONTROL.matcher(text).find(),
        "\"%s\" holds texts of 1 to 200 characters on one line.".formatted(member));
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new ProblemException(new Problem.Malformed(sentence));
    }
  }
}
