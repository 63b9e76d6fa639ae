package dev.gatehouse.app.wiring;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.install.ServedKeys;
import dev.gatehouse.install.attestation.AttestationChecks;
import dev.gatehouse.install.attestation.AttestationFindings;
import dev.gatehouse.install.attestation.AttestationIntake;
import dev.gatehouse.install.attestation.AttestationRows;
import dev.gatehouse.install.attestation.SigstoreSettings;
import dev.gatehouse.install.attestation.UpstreamAttestations;
import dev.gatehouse.install.content.Contents;
import dev.gatehouse.install.document.DocumentFetch;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.FirstSeen;
import dev.gatehouse.install.document.Freshness;
import dev.gatehouse.install.document.Intake;
import dev.gatehouse.install.document.PackumentIntake;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.install.dryrun.DryRun;
import dev.gatehouse.install.fact.Evidence;
import dev.gatehouse.install.fact.Inspections;
import dev.gatehouse.install.fact.Learning;
import dev.gatehouse.install.fact.Scrutiny;
import dev.gatehouse.install.judge.Judging;
import dev.gatehouse.install.ledger.Ledgers;
import dev.gatehouse.install.signature.KeysIntake;
import dev.gatehouse.install.signature.Receipts;
import dev.gatehouse.install.signature.SignatureChecks;
import dev.gatehouse.install.signature.UpstreamKeys;
import dev.gatehouse.install.tarball.Shelf;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.InspectionRows;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.signing.SigningKeys;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.health.Health;
import dev.gatehouse.upstream.source.UpstreamLimits;
import java.time.Clock;
import java.util.UUID;

/// Everything that finds and fetches versions. Several processes may have one each on the same
/// store and database: what one writes, the others find.
public final class Reading implements AutoCloseable {
  private final Blobs blobs;
  private final InternalNames internalNames;
  private final Stamps stamps = new Stamps();
  private final UpstreamClient client;
  private final Health health;
  private final Settling settling;
  private final Origins origins;
  private final Views views;
  private final Tarballs tarballs;
  private final UpstreamAttestations attestations;
  private final AttestationChecks attestationChecks;
  private final Ledgers ledgers;
  private final UpstreamKeys keys;
  private final ServedKeys servedKeys;
  private final DryRun dryRun;
  private final Contents contents;
  private final Scrutiny scrutiny;
  private final Learning learning;

  /// What it reads from. Closing is up to whoever made them.
  public record Ground(
      Database database,
      Blobs blobs,
      Registries registries,
      Upstreams upstreams,
      SigningKeys signing,
      Policing policing) {
    /// The rules of a registry.
    Rules rules(long registryId) {
      return policing.rules(registries.directory(), registryId);
    }
  }

  /// By what versions are judged.
  public record Policing(Policies policies, Advisories advisories) {
    /// The rules of a registry of `directory`; of one that is gone, none.
    Rules rules(Directory directory, long registryId) {
      Registry registry = directory.byId(registryId);
      return registry == null ? Rules.NONE : policies.rules(registry);
    }
  }

  /// How old documents may be, how long upstreams may take, what indexes may take in memory, and by
  /// whose word provenance is believed.
  public record Settings(
      Freshness documents,
      UpstreamLimits.Times upstreams,
      int indexMegabytes,
      SigstoreSettings sigstore) {
    /// What `config` says.
    public static Settings of(Config config) {
      return new Settings(
          config.documents(),
          config.upstreams(),
          config.memory().indexMegabytes(),
          config.sigstore());
    }
  }

  /// Puts it together on `ground`.
  public Reading(Ground ground, Settings settings, Clock clock) {
    Database database = ground.database();
    this.blobs = ground.blobs();
    this.internalNames = new InternalNames(database);
    this.client = client(settings, blobs);
    this.health = new Health(clock);
    this.settling = new Settling(blobs, database);
    this.origins = new Origins(ground.upstreams());
    ground.registries().onChange(origins::reload);
    var cached = new CachedTarballs(database);
    var rows = new DocumentRows(database);
    this.attestations =
        new UpstreamAttestations(documents(rows, new AttestationIntake(), settings, clock), blobs);
    var findings =
        new AttestationFindings(new AttestationRows(database), settings.sigstore(), clock);
    this.keys = new UpstreamKeys(documents(rows, new KeysIntake(), settings, clock), blobs);
    var packages = new Packages(database);
    var sources = new AttestationChecks.Sources(attestations, keys, packages);
    this.attestationChecks = new AttestationChecks(findings, sources, stamps);
    var inspections = new Inspections(new InspectionRows(database), clock);
    this.scrutiny = new Scrutiny(inspections, attestationChecks);
    var known = ground.policing().advisories();
    var evidence = new Evidence(known, inspections, new SignatureChecks(), findings);
    this.learning = new Learning(evidence, stamps, clock);
    this.servedKeys =
        new ServedKeys(ground.signing(), keys, origins, () -> ground.registries().directory());
    this.views =
        new Views(
            ground.registries(),
            new Views.Inside(packages, cached, internalNames),
            outside(ground, settings, clock),
            new Judging(ground::rules, evidence, clock));
    this.tarballs =
        new Tarballs(
            new Tarballs.Parts(blobs, views, cached, settling, stamps, client, health, scrutiny),
            clock);
    this.dryRun = new DryRun(views, new Shelf(blobs, cached), scrutiny);
    this.contents = new Contents(views, new Shelf(blobs, cached));
    this.ledgers = new Ledgers(views, ground.registries(), origins, rows);
  }

  private static UpstreamClient client(Settings settings, Blobs blobs) {
    return new UpstreamClient(
        UpstreamLimits.defaults().with(settings.upstreams()),
        blobs.scratch(),
        UUID.randomUUID().toString());
  }

  private Views.Outside outside(Ground ground, Settings settings, Clock clock) {
    var rows = new DocumentRows(ground.database());
    var receipts = new Receipts(ground.database(), ground.signing(), clock);
    var indexes = new DocumentIndexes(blobs, settings.indexMegabytes());
    var firstSeen = new FirstSeen(rows, clock);
    var documents = documents(rows, new PackumentIntake(indexes, firstSeen), settings, clock);
    return new Views.Outside(
        documents, indexes, firstSeen, origins, new Views.Signing(keys, receipts));
  }

  private UpstreamDocuments documents(
      DocumentRows rows, Intake intake, Settings settings, Clock clock) {
    var parts = new DocumentFetch.Parts(client, blobs, settling, stamps, health);
    var fetch = new DocumentFetch(parts, intake, clock);
    return new UpstreamDocuments(rows, fetch, settings.documents(), clock);
  }

  /// The names that are owned here.
  public InternalNames internalNames() {
    return internalNames;
  }

  /// What tells whether an answer still holds.
  public Stamps stamps() {
    return stamps;
  }

  /// Asks registries elsewhere.
  public UpstreamClient client() {
    return client;
  }

  /// Whether they answer.
  public Health health() {
    return health;
  }

  /// Makes durable what was fetched.
  public Settling settling() {
    return settling;
  }

  /// Which HTTP origins upstreams mean.
  public Origins origins() {
    return origins;
  }

  /// What registries have.
  public Views views() {
    return views;
  }

  /// What becomes of every version that they have.
  public Ledgers ledgers() {
    return ledgers;
  }

  /// What other policies would withhold.
  public DryRun dryRun() {
    return dryRun;
  }

  /// The files of versions that are in the store.
  public Contents contents() {
    return contents;
  }

  /// The attestations of what comes from upstreams.
  public UpstreamAttestations attestations() {
    return attestations;
  }

  /// What comes of checking them.
  public AttestationChecks attestationChecks() {
    return attestationChecks;
  }

  /// What looks at versions for the policies.
  public Scrutiny scrutiny() {
    return scrutiny;
  }

  /// What other processes have found out.
  public Learning learning() {
    return learning;
  }

  /// The keys that signatures verify with.
  public ServedKeys servedKeys() {
    return servedKeys;
  }

  /// The tarballs of what they have.
  public Tarballs tarballs() {
    return tarballs;
  }

  /// Lets go of the connections and makes everything durable that was fetched.
  @Override
  public void close() {
    client.close();
    settling.close();
  }
}
