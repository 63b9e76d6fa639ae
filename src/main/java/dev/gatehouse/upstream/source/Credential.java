package dev.gatehouse.upstream.source;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What an upstream asks of us before it answers. Never printed: `toString` shows stars.
public sealed interface Credential {

  /// The value of the `Authorization` header.
  String header();

  /// The part that must not appear in any text that a person or a log sees.
  String secret();

  /// A token, as npm's `_authToken`.
  record Bearer(String secret) implements Credential {
    public Bearer {
      if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw malformed("The upstream's token has characters that a token cannot have.");
      }
    }

    @Override
    public String header() {
      return "Bearer " + secret;
    }

    @Override
    public String toString() {
      return "Bearer ***";
    }
  }

  /// A user name and a password, as npm's `_auth`.
  record Basic(String user, String secret) implements Credential {
    public Basic {
      if (user.indexOf(':') >= 0) {
        throw malformed("The upstream's user name must not contain a colon.");
      }
    }

    @Override
    public String header() {
      byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "Basic " + user + ":***";
    }
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
