package dev.gatehouse.app.command.registry;

import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.upstream.source.Credential;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Where an upstream leads, as operators write it: `public`, `registry:NAME` or a URL.
final class TargetText {
  private static final String HERE = "registry:";

  private TargetText() {}

  /// Reads `text`. `credential` goes with a URL only.
  static Upstreams.Target parse(
      OperatorSession session, String text, @Nullable Credential credential) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new Upstreams.External(url(text), credential);
    }
    if (credential != null) {
      throw refused(
          "A credential belongs to an upstream that is given by its URL, not to \"%s\"."
              .formatted(text));
    }
    if (text.equals("public")) {
      return new Upstreams.Public();
    }
    if (text.startsWith(HERE)) {
      return new Upstreams.Here(session.registry(text.substring(HERE.length())));
    }
    throw refused(
        "\"%s\" is no upstream: write public, registry:NAME for a registry here, or a URL such as"
                .formatted(text)
            + " https://npm.example.com/.");
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw refused(
          "The upstream's URL cannot be read: write it as https://npm.example.com/path/.");
    }
  }

  private static ProblemException refused(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
