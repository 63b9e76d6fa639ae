package dev.gatehouse.app.command.moving;

import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.LockfileInput;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.StoreSession;
import dev.gatehouse.npm.lockfile.Lockfile;
import dev.gatehouse.publish.pull.Pulled;
import dev.gatehouse.publish.pull.Puller;
import dev.gatehouse.publish.pull.Wish;
import dev.gatehouse.registries.Registry;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse pull`: brings versions in from a registry's upstreams before anyone asks for them.
@Command(
    name = "pull",
    description = {
      "Bring versions in from a registry's upstreams before anyone asks for them. Servers may be",
      "running. What is there already is left alone, so a pull that was cut short is simply run",
      "again. Exits with 1 if anything could not be brought in."
    },
    mixinStandardHelpOptions = true)
public final class PullCommand implements Callable<Integer> {
  private final OperatorContext context;
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DatabaseOptions options = new DatabaseOptions();

  @Parameters(index = "0", paramLabel = "REGISTRY", description = "Which registry they are for.")
  private String registry = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME[@RANGE]",
      description = "A package, and a range of its versions or a tag (default: latest).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--dependencies",
      description =
          "Also everything they depend on, for all platforms: dependencies, optional ones and peers"
              + " that are not optional.")
  private boolean dependencies;

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description =
          "Everything that a lockfile of npm, yarn, pnpm or bun names, checked against its"
              + " integrity. May be repeated.")
  private List<Path> lockfiles = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /// The command as it is run in `context`.
  public PullCommand(OperatorContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (names.isEmpty() && lockfiles.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "What is to be pulled? Name packages, or a --lockfile.");
    }
    PrintWriter err = command.commandLine().getErr();
    List<Wish> wishes = new ArrayList<>(names.stream().map(Wish::parse).toList());
    List<String> skipped = new ArrayList<>();
    for (Path file : lockfiles) {
      Lockfile.Understood read = LockfileInput.read(file);
      read.packages().forEach(one -> wishes.add(new Wish.Locked(one)));
      skipped.addAll(read.skipped());
      err.printf("%s is %s and names %d versions.%n", file, read.format(), read.packages().size());
      err.flush();
    }
    try (StoreSession session = StoreSession.open(options, context)) {
      Registry target = session.operator().registry(registry);
      Pulled pulled = pull(session, new Puller.Order(target, wishes, dependencies), err);
      skipped.addAll(pulled.skipped());
      return report(target, new Pulled(pulled.tally(), pulled.failures(), skipped), command);
    }
  }

  private static Pulled pull(StoreSession session, Puller.Order order, PrintWriter err)
      throws InterruptedException {
    var progress = new PullProgress(err, isTerminal());
    try {
      return new Puller(session.reading().views(), session.reading().tarballs())
          .pull(order, progress);
    } finally {
      progress.done();
    }
  }

  /// Whether someone is looking. Which of null and a console that is none stands for "nobody"
  /// differs between releases of Java.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private int report(Registry target, Pulled pulled, CommandSpec command) {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    if (json) {
      new Listing(out).json(pulled);
    } else {
      pulled.skipped().forEach(err::println);
      pulled.failures().forEach(err::println);
      err.flush();
      out.printf("\"%s\" has %s.%n", target.name(), PullProgress.text(pulled.tally()));
      out.flush();
    }
    return pulled.failures().isEmpty() ? 0 : 1;
  }
}
