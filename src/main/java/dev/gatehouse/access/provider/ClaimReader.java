package dev.gatehouse.access.provider;

import dev.gatehouse.access.account.AccountName;
import dev.gatehouse.access.account.Profile;
import dev.gatehouse.access.provider.saml.Statement;
import dev.gatehouse.problem.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a provider claims about somebody. Strangers may have written any of it.
record ClaimReader(ProviderSettings settings) {
  private static final int MOST_GROUPS = 2_000;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_SESSION = 255;
  private static final String SEVERAL = "mfa";

  /// Whether `claims` hold all that the settings name.
  boolean areComplete(Map<String, Object> claims) {
    return at(claims, settings.groupsClaim()) != null && at(claims, settings.nameClaim()) != null;
  }

  /// Who somebody is whose subject is proven.
  ProvenIdentity read(String subject, Map<String, Object> claims) {
    return new ProvenIdentity(
        settings.issuer(),
        subject,
        accountName(at(claims, settings.nameClaim())),
        email(claims),
        texts(at(claims, settings.groupsClaim())),
        texts(claims.get("amr")).contains(SEVERAL),
        session(claims));
  }

  /// Who somebody is of whom a SAML provider has proven `statement`. Addresses that it tells are
  /// not known to be verified.
  ProvenIdentity read(Statement statement) {
    return new ProvenIdentity(
        settings.issuer(),
        statement.subject(),
        accountName(
            statement.attributes().getOrDefault(settings.nameClaim(), List.of("")).getFirst()),
        "",
        texts(statement.attributes().get(settings.groupsClaim())),
        statement.manyFactors(),
        statement.session());
  }

  /// The claim of that name, else what a path of names leads to.
  private static @Nullable Object at(Map<?, ?> claims, String name) {
    Object whole = claims.get(name);
    int dot = name.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? at(inner, name.substring(dot + 1))
        : null;
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case String one -> List.of(one);
      case Collection<?> many ->
          many.stream()
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .limit(MOST_GROUPS)
              .toList();
      case null, default -> List.of();
    };
  }

  /// In small letters, of an address what is before the `@`, and whatever no account's name has
  /// made a dash.
  private static String accountName(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return "";
    }
    String name =
        text.strip()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("(?s)@.*", "")
            .replaceAll("[^a-z0-9._-]", "-")
            .replaceFirst("^[^a-z]+", "");
    String short64 = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    return AccountName.isPossible(short64) && !short64.equals(AccountName.RESERVED) ? short64 : "";
  }

  private static @Nullable String session(Map<String, Object> claims) {
    return claims.get("sid") instanceof String sid && sid.length() <= LONGEST_SESSION ? sid : null;
  }

  private static String email(Map<String, Object> claims) {
    if (!(claims.get("email") instanceof String email)
        || !Boolean.TRUE.equals(claims.get("email_verified"))) {
      return "";
    }
    try {
      Profile.requireEmail(email);
      return email;
    } catch (ProblemException _) {
      return "";
    }
  }
}
