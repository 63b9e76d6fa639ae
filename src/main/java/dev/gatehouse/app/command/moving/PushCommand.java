package dev.gatehouse.app.command.moving;

import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.app.command.StoreSession;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.push.Push;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse push`: publishes a version of a registry to one of its upstreams.
@Command(
    name = "push",
    description = {
      "Publish a version that is hosted here, or in the store, to an upstream that accepts pushes:"
          + " the same bytes, or under another number. Doing it again changes nothing."
    },
    mixinStandardHelpOptions = true)
public final class PushCommand implements Callable<Integer> {
  private final OperatorContext context;
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DatabaseOptions options = new DatabaseOptions();

  @Parameters(index = "0", paramLabel = "REGISTRY", description = "The registry that has it.")
  private String registry = "";

  @Parameters(index = "1", paramLabel = "NAME@VERSION", description = "The version to push.")
  private String what = "";

  @Parameters(
      index = "2",
      paramLabel = "UPSTREAM",
      description = "Where to, as `upstream list` names it.")
  private String upstream = "";

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "What names it there; may be repeated (default: latest).")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--as",
      paramLabel = "VERSION",
      description =
          "Give it another number there: only `version` in its package.json changes, and with it"
              + " the integrity.")
  private @Nullable String as;

  /// The command as it is run in `context`.
  public PushCommand(OperatorContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    int at = what.indexOf('@', 1);
    PackageName name = PackageName.parse(at < 0 ? what : what.substring(0, at));
    Version version = version(at < 0 ? "" : what.substring(at + 1));
    Version number = as == null ? null : version(as);
    List<String> named = tags.isEmpty() ? List.of(TagName.LATEST.value()) : tags;
    named.forEach(TagName::parse);
    try (StoreSession session = StoreSession.open(options, context)) {
      Registry from = session.operator().registry(registry);
      var push =
          new Push(
              OperatorSession.ACTOR,
              from,
              name,
              version.toString(),
              Upstreams.require(from, upstream),
              named,
              version.equals(number) ? null : number);
      Push.Pushed pushed = session.pusher().push(push);
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.printf(
          pushed.changed()
              ? "\"%s\" has %s@%s now, %s.%n"
              : "\"%s\" had %s@%s already, %s: nothing was changed.%n",
          upstream,
          name,
          pushed.version(),
          pushed.integrity());
      out.flush();
      return 0;
    }
  }

  private static Version version(String text) {
    Version version = Version.parse(text);
    if (version == null) {
      throw new ProblemException(
          new Problem.Malformed(
              "%s is no version: write it as 1.2.3, and what to push as NAME@1.2.3."
                  .formatted(Quoted.quote(text))));
    }
    return version.withoutBuild();
  }
}
