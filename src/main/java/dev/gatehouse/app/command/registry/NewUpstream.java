package dev.gatehouse.app.command.registry;

import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.app.command.SecretInput;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.upstream.source.Credential;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `upstream add` is asked for.
final class NewUpstream {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern USER = Pattern.compile("[^:\\p{Cntrl}]+");
  private static final Pattern PASSWORD = Pattern.compile("\\P{Cntrl}+");

  @Parameters(index = "0", paramLabel = "REGISTRY", description = "Which registry draws from it.")
  private String registry = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "public, registry:NAME for a registry here, or a URL.")
  private String target = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it (default: its host or registry).")
  private @Nullable String name;

  @ArgGroup private @Nullable Secret secret;

  @Option(
      names = "--internal",
      description = "What it holds is owned here, so it is never asked of a public upstream.")
  private boolean internal;

  @Option(names = "--push", description = "Versions may be published to it from here.")
  private boolean pushes;

  @Option(
      names = "--forward",
      paramLabel = "released|all",
      description = "Publish new versions to it at once, released ones or all; implies --push.")
  private @Nullable Forward forward;

  /// At most one of these.
  static final class Secret {
    @Option(
        names = "--bearer-stdin",
        description = "It asks for a token: read it from standard input, as one line.")
    private boolean bearer;

    @Option(
        names = "--basic",
        paramLabel = "USER",
        description = "It asks for a password: read that of USER from standard input.")
    private @Nullable String user;
  }

  /// Which new versions are forwarded.
  enum Forward {
    RELEASED(Upstream.Forward.RELEASED),
    ALL(Upstream.Forward.ALL);

    private final Upstream.Forward value;

    Forward(Upstream.Forward value) {
      this.value = value;
    }
  }

  /// What was added: the registry with its new upstream, the last one.
  Registry addIn(OperatorSession session, @Nullable Credential credential) {
    Registry drawing = session.registry(registry);
    Upstreams.Target where = TargetText.parse(session, target, credential);
    String called = name != null ? name : Upstreams.nameFor(drawing, where);
    var options =
        new Upstreams.Options(
            internal,
            pushes || forward != null,
            forward == null ? Upstream.Forward.NONE : forward.value);
    session.upstreams().add(OperatorSession.ACTOR, drawing, called, where, options);
    return session.registry(drawing.name());
  }

  /// Whether a secret would travel for everyone on the way to read.
  boolean isSecretInTheOpen() {
    return secret != null && target.startsWith("http://");
  }

  /// The credential, read from standard input; null if it asks for none.
  @Nullable Credential credential(OperatorContext context) {
    if (secret == null) {
      return null;
    }
    if (secret.bearer) {
      return new Credential.Bearer(
          fitting(
              TOKEN,
              SecretInput.read(context.in(), "token"),
              "The token has characters that no token has."));
    }
    String user =
        fitting(
            USER,
            Objects.requireNonNull(secret.user),
            "The user's name is empty, or has a colon or line break.");
    return new Credential.Basic(
        user,
        fitting(
            PASSWORD,
            SecretInput.read(context.in(), "password"),
            "The password has control characters."));
  }

  private static String fitting(Pattern pattern, String text, String sentence) {
    if (!pattern.matcher(text).matches()) {
      throw new ProblemException(new Problem.Malformed(sentence));
    }
    return text;
  }
}
