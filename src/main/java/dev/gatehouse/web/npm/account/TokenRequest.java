package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client asks a new token to be, in the words of npm 10 (`readonly`, `cidr_whitelist`) and
/// of npm 12 (`packages_and_scopes_permission`, `expires` in days). A limit that this server does
/// not know is refused: a token must never be wider than what was asked for.
///
/// @param name what its owner calls it; may be empty
/// @param password null if none was sent
record TokenRequest(String name, @Nullable String password, TokenLimits limits) {
  private static final long LONGEST_DAYS = 36_500;
  private static final List<String> UNKNOWN_LIMITS = List.of("packages", "scopes", "orgs");

  /// Reads `body`, which was sent at `now`.
  static TokenRequest of(JsonBody body, Instant now) {
    for (String limit : UNKNOWN_LIMITS) {
      if (!body.texts(limit).isEmpty()) {
        throw malformed(
            "A token made by a client is not limited to %s, as it would read the others: leave the"
                    .formatted(limit)
                + " limit out, or make one in the web app, under Tokens, that changes some packages"
                + " only.");
      }
    }
    if (body.flag("bypass_2fa")) {
      throw new ProblemException(
          new Problem.Forbidden(
              "A token that needs no second factor is made in the web app, under Tokens, by a"
                  + " code."));
    }
    List<AddressRange> ranges =
        body.texts("cidr_whitelist").stream().map(AddressRange::of).toList();
    String name = body.text("name");
    return new TokenRequest(
        name == null ? "" : name,
        body.text("password"),
        new TokenLimits(readOnly(body), Set.of(), Set.of(), ranges, expires(body, now)));
  }

  private static boolean readOnly(JsonBody body) {
    boolean flag = body.flag("readonly");
    return switch (body.text("packages_and_scopes_permission")) {
      case null -> flag;
      case "read-write" -> flag;
      case "read-only" -> true;
      default ->
          throw malformed("A token here is \"read-only\" or \"read-write\": choose one of these.");
    };
  }

  private static @Nullable Instant expires(JsonBody body, Instant now) {
    Long days = body.number("expires");
    if (days == null) {
      return null;
    }
    if (days < 1 || days > LONGEST_DAYS) {
      throw malformed(
          "A token expires in 1 to %d days: choose such a number.".formatted(LONGEST_DAYS));
    }
    return now.plus(Duration.ofDays(days));
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }

  @Override
  public String toString() {
    return "TokenRequest[name=" + name + ", password=***, limits=" + limits + "]";
  }
}
