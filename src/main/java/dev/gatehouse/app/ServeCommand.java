package dev.gatehouse.app;

import dev.gatehouse.app.config.ServeFlags;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/// `gatehouse serve`: runs the server until it is told to stop.
@Command(
    name = "serve",
    description = "Run the server. The first start sets the data directory up.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /// The command with its flags.
  static CommandLine line() {
    var line = new CommandLine(new ServeCommand());
    for (ServeFlags.Flag flag : ServeFlags.ALL) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder(flag.name())
                  .type(String.class)
                  .paramLabel(flag.label())
                  .description(flag.description())
                  .build());
    }
    return line;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    Serving.run(
        ServeFlags.config(
            flag -> line.getParseResult().<@Nullable String>matchedOptionValue(flag, null)),
        line.getOut());
    return 0;
  }
}
