package dev.gatehouse.app.command.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.StoreSession;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.ledger.Ledger;
import dev.gatehouse.install.ledger.Ledger.Withheld;
import dev.gatehouse.install.ledger.Ledgers;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse withheld`: what exists and is not served.
@Command(
    name = "withheld",
    description = {
      "List the versions that exist upstream and are not served, each with the reason. Without a",
      "package: of everything of which a document is stored, as it is stored."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./gatehouse withheld --registry team left-pad", "  ./gatehouse withheld --json"},
    mixinStandardHelpOptions = true)
public final class WithheldCommand implements Callable<Integer> {
  private final OperatorContext context;
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final DatabaseOptions options = new DatabaseOptions();

  @Option(
      names = "--registry",
      paramLabel = "REGISTRY",
      description = "Whose versions (default: default).")
  private String registry = "default";

  @Parameters(arity = "0..1", paramLabel = "PACKAGE", description = "One package alone.")
  private @Nullable String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /// The command as it is run in `context`.
  public WithheldCommand(OperatorContext context) {
    this.context = context;
  }

  /// What was looked at so far.
  private static final class Tally {
    private int packages;
    private int versions;
    private int withheld;
    private int unread;
  }

  @Override
  public Integer call() throws IOException {
    try (StoreSession session = StoreSession.open(options, context)) {
      Registry found = session.operator().registry(registry);
      Ledgers ledgers = session.reading().ledgers();
      return name == null ? all(found, ledgers) : one(found, ledgers, name);
    }
  }

  private int one(Registry found, Ledgers ledgers, String asked) {
    Ledger ledger = ledgers.of(found, PackageName.parse(asked).value(), Ask.USUAL);
    if (ledger == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no package %s in the registry \"%s\".".formatted(asked, found.name())));
    }
    if (json) {
      new Listing(out()).json(ledger);
    } else {
      ledger.withheld().forEach(this::print);
      out()
          .printf(
              "%d of %d versions of %s are withheld in \"%s\".%n",
              ledger.withheld().size(), ledger.versions(), ledger.name(), found.name());
      out().flush();
    }
    return 0;
  }

  private int all(Registry found, Ledgers ledgers) throws IOException {
    var tally = new Tally();
    try (Stream<Ledgers.Looked> looked = ledgers.all(found)) {
      if (json) {
        printArray(looked, tally);
      } else {
        looked.forEach(one -> note(one, tally).forEach(this::print));
        out()
            .printf(
                "%d of %d versions of %d packages are withheld in \"%s\".%n",
                tally.withheld, tally.versions, tally.packages, found.name());
      }
      out().flush();
    }
    return tally.unread == 0 ? 0 : 1;
  }

  /// One row after the other: there may be more than fit into memory.
  private void printArray(Stream<Ledgers.Looked> looked, Tally tally) throws IOException {
    JsonGenerator generator = new JsonMapper().createGenerator(out());
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.useDefaultPrettyPrinter().writeStartArray();
    for (Ledgers.Looked one : (Iterable<Ledgers.Looked>) looked::iterator) {
      for (Withheld row : note(one, tally)) {
        generator.writePOJO(row);
      }
    }
    generator.writeEndArray();
    generator.close();
    out().println();
  }

  private List<Withheld> note(Ledgers.Looked looked, Tally tally) {
    tally.packages++;
    Ledger ledger = looked.ledger();
    if (ledger == null) {
      tally.unread++;
      PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
      err.printf(
          "%s could not be looked at. %s%n",
          looked.name(), Objects.requireNonNull(looked.problem()).sentence());
      err.flush();
      return List.of();
    }
    tally.versions += ledger.versions();
    tally.withheld += ledger.withheld().size();
    return ledger.withheld();
  }

  private void print(Withheld row) {
    String why =
        row.reasons().stream()
            .map(one ->
                one.policy() == null
                    ? one.sentence()
                    : "%s (%s)".formatted(one.sentence(), one.policy()))
            .collect(Collectors.joining(" "));
    String until = row.until() == null ? "" : " until " + row.until();
    out().printf("%s@%s  %s%s  %s%n", row.name(), row.version(), row.verdict(), until, why);
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
