package dev.gatehouse.app.command;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A word that only introduces verbs, as `user` in `gatehouse user add`.
public abstract class CommandGroup implements Runnable {
  private final OperatorContext context;
  @Spec private @Nullable CommandSpec spec;

  /// The group as it is run in `context`.
  protected CommandGroup(OperatorContext context) {
    this.context = context;
  }

  @Override
  public final void run() {
    throw new ParameterException(spec().commandLine(), "Which command? See below.");
  }

  /// What commands take from around them.
  protected final OperatorContext context() {
    return context;
  }

  /// Where commands print what was asked for.
  protected final PrintWriter out() {
    return spec().commandLine().getOut();
  }

  /// Where commands print what goes on meanwhile.
  protected final PrintWriter err() {
    return spec().commandLine().getErr();
  }

  /// Prints `sentence` and succeeds.
  protected final int say(String sentence) {
    out().println(sentence);
    out().flush();
    return 0;
  }

  /// Prints what the operator should know besides.
  protected final void warn(String sentence) {
    spec().commandLine().getErr().println(sentence);
    spec().commandLine().getErr().flush();
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }
}
