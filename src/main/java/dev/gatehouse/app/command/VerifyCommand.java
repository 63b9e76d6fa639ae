package dev.gatehouse.app.command;

import dev.gatehouse.app.setup.Claim;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.packages.verify.Finding;
import dev.gatehouse.packages.verify.OrphanSweep;
import dev.gatehouse.packages.verify.Verifier;
import dev.gatehouse.packages.verify.Verifier.Extent;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse verify`: whether everything that is recorded is there and whole.
@Command(
    name = "verify",
    description = {
      "Prove that everything recorded is there and whole. It reads the bytes of every version, cached"
          + " tarball and document; a server may be running.",
      "Ends with 0 if everything is well or was repaired, with 1 if not."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./gatehouse verify --repair --json",
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 10_000;

  private final OperatorContext context;
  private final List<Finding> findings = new ArrayList<>();
  private long found;
  private long open;

  @Mixin private final DatabaseOptions options = new DatabaseOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--repair",
      description =
          "Forget copies that are missing or damaged, so that they are fetched again, remove tags"
              + " that lead nowhere and, if no server runs, files that nothing needs. What was"
              + " published here is never deleted.")
  private boolean repair;

  @Spec private @Nullable CommandSpec spec;

  /// The command as it is run in `context`.
  public VerifyCommand(OperatorContext context) {
    this.context = context;
  }

  private record Report(
      boolean clean,
      long files,
      long bytes,
      long rows,
      long unnamed,
      long swept,
      long found,
      List<Row> findings) {}

  private record Row(String kind, String subject, String sentence, boolean repaired) {}

  @Override
  public Integer call() throws IOException {
    try (OperatorSession session = options.open(context)) {
      Blobs blobs = session.blobs();
      Extent extent = verify(session, blobs);
      long swept = repair ? sweep(session, blobs) : 0;
      print(
          new Report(
              open == 0,
              extent.blobs(),
              extent.bytes(),
              extent.rows(),
              extent.unnamed(),
              swept,
              found,
              findings.stream().map(VerifyCommand::row).toList()));
      return open == 0 ? 0 : 1;
    }
  }

  private Extent verify(OperatorSession session, Blobs blobs) throws IOException {
    return repair
        ? Verifier.repair(
            session.database(),
            blobs,
            new Trail(session.clock()),
            OperatorSession.ACTOR,
            this::note)
        : Verifier.look(session.database(), blobs, this::note);
  }

  private void note(Finding finding) {
    found++;
    if (!finding.repaired()) {
      open++;
    }
    if (findings.size() < MOST_SHOWN) {
      findings.add(finding);
    }
  }

  /// A server sweeps by itself and must be alone at it.
  private static long sweep(OperatorSession session, Blobs blobs) throws IOException {
    try (Claim claim = Claim.ofDirectory(new DataDirectory(session.data()))) {
      if (claim == null) {
        return 0;
      }
      return new OrphanSweep(session.database(), blobs, _ -> false, session.clock()).run().blobs();
    }
  }

  private void print(Report report) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var listing = new Listing(out);
    if (json) {
      listing.json(report);
      return;
    }
    if (!report.findings.isEmpty()) {
      listing.columns(
          List.of("FINDING", "SUBJECT", "WHAT", ""),
          report.findings.stream().map(VerifyCommand::cells).toList());
      out.println();
    }
    out.printf(
        Locale.ROOT,
        "%s: %,d files (%,d bytes) looked at for %,d rows.%n",
        verdict(),
        report.files,
        report.bytes,
        report.rows);
    if (report.unnamed > 0) {
      out.printf(
          Locale.ROOT,
          "%,d files have no row, which is fine: a server removes them after an hour; %,d removed"
              + " now.%n",
          report.unnamed,
          report.swept);
    }
    out.flush();
  }

  private String verdict() {
    if (found == 0) {
      return "Everything is there and whole";
    }
    return open == 0
        ? "%d findings, all repaired".formatted(found)
        : "%d findings, %d of them not repaired".formatted(found, open);
  }

  private static Row row(Finding finding) {
    return new Row(
        finding.kind().name().toLowerCase(Locale.ROOT),
        finding.subject(),
        finding.sentence(),
        finding.repaired());
  }

  private static List<String> cells(Row row) {
    return List.of(row.kind, row.subject, row.sentence, row.repaired ? "repaired" : "");
  }
}
