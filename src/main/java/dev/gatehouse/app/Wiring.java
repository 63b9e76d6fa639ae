package dev.gatehouse.app;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.app.wiring.Advising;
import dev.gatehouse.app.wiring.Facts;
import dev.gatehouse.app.wiring.Messaging;
import dev.gatehouse.app.wiring.Pushers;
import dev.gatehouse.app.wiring.Reading;
import dev.gatehouse.app.wiring.Writing;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.install.Afterwards;
import dev.gatehouse.install.Ahead;
import dev.gatehouse.install.Packuments;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.ledger.WithheldLog;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.packages.need.Needs;
import dev.gatehouse.packages.verify.OrphanSweep;
import dev.gatehouse.packages.verify.UnknownNameSweep;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.publish.push.Forwarding;
import dev.gatehouse.publish.version.Forwards;
import dev.gatehouse.publish.version.LateSignatures;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.signing.SigningKeys;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.review.need.NeedReader;
import dev.gatehouse.review.scan.Ground;
import dev.gatehouse.review.scan.Rescan;
import dev.gatehouse.review.scan.Scanner;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.api.people.ForgottenPasswords;
import dev.gatehouse.web.api.settings.ServerFacts;
import java.time.Clock;

/// Every `new` of a service, by hand, from the bottom up.
final class Wiring implements AutoCloseable {
  private static final int UNKNOWN_NAMES = 100_000;

  final Clock clock;
  final ServerFacts facts;
  final Database database;
  final Changes changes;
  final Blobs blobs;
  final Registries registries;
  final Upstreams upstreams;
  final SigningKeys signing;
  final Access access;
  final Advisories advisories;
  final Policies policies;
  final Packages packages;
  private final Reading.Ground ground;
  final InternalNames internalNames;
  final Reading reading;
  final Stamps stamps;
  final Settling settling;
  final Packuments packuments;
  private final Ahead ahead;
  final Afterwards afterwards;
  final Tarballs tarballs;
  final Views views;
  final Gate gate;
  final Advising advising;
  final Messaging messaging;
  final ForgottenPasswords forgotten;
  final SingleSignOn signOn;
  final Publishing publishing;
  final DownloadLog downloads;
  final Traffic traffic;
  final WithheldLog withheld;
  final Scanner scanner;
  final NeedReader needs;
  final Jobs jobs;
  final Writing writing;

  Wiring(Config config, DataDirectory directory, Clock clock) {
    this.clock = clock;
    this.facts = Facts.of(config);
    this.database = Database.open(config.jdbcUrl(), Changes.newProcess());
    this.changes = new Changes(database);
    this.blobs = new Blobs(directory.store());
    this.registries = new Registries(database, clock);
    Vault vault = Vault.open(directory.credentialKey());
    this.upstreams = new Upstreams(registries, vault);
    this.signing = new SigningKeys(database, vault, new Trail(clock));
    this.access = new Access(database, changes, clock, vault);
    this.advisories = new Advisories(database, changes);
    this.policies = new Policies(database, clock);
    this.packages = new Packages(database);
    var policing = new Reading.Policing(policies, advisories);
    this.ground = new Reading.Ground(database, blobs, registries, upstreams, signing, policing);
    this.reading = new Reading(ground, Reading.Settings.of(config), clock);
    this.internalNames = reading.internalNames();
    this.stamps = reading.stamps();
    this.settling = reading.settling();
    this.views = reading.views();
    this.tarballs = reading.tarballs();
    this.ahead = new Ahead(tarballs, config.ahead());
    this.afterwards = afterwards();
    this.packuments = packuments(config);
    this.advising = advising(config);
    this.gate = new Gate(registries, access.authenticator(), changes);
    this.messaging = messaging(config, vault);
    this.forgotten = forgotten();
    this.signOn = signOn(config, vault);
    this.publishing = new Publishing(this, config.limits());
    this.downloads = new DownloadLog(database, config.downloads(), clock);
    this.traffic = new Traffic(database, clock);
    this.withheld = new WithheldLog(database, clock);
    this.scanner = scanner();
    this.needs = new NeedReader(registries, views, new Needs(database));
    this.writing = writing();
    this.jobs = jobs();
    watch();
  }

  private Packuments packuments(Config config) {
    return new Packuments(views, stamps, clock, config.memory().renderedMegabytes(), ahead);
  }

  private Advising advising(Config config) {
    return Advising.on(
        database,
        config.advisories(),
        new Advising.Fetching(reading.client(), blobs.scratch()),
        clock,
        advisories::reload);
  }

  private Messaging messaging(Config config, Vault vault) {
    return Messaging.on(
        new Messaging.Ground(database, changes, vault, new Trail(clock), config.server().baseUrl()),
        config.webhooks(),
        config.mail());
  }

  private ForgottenPasswords forgotten() {
    var made = new ForgottenPasswords(database, access.passwordLinks(), messaging.links(), clock);
    messaging.jobs().handle(ForgottenPasswords.KIND, made);
    return made;
  }

  private SingleSignOn signOn(Config config, Vault vault) {
    return new SingleSignOn(
        new SingleSignOn.Parts(database, vault, new Trail(clock), reading.client(), access),
        config.server().baseUrl());
  }

  private Afterwards afterwards() {
    return new Afterwards(
        new Afterwards.Parts(registries, policies, views, tarballs, reading.scrutiny(), stamps));
  }

  private Scanner scanner() {
    var judges = new Ground.Judges(views, policies, advisories);
    var ground =
        new Ground(
            registries,
            judges,
            new KeptVersions(database),
            new Downloads(database),
            downloads,
            new Reporting(database, new Trail(clock)));
    return new Scanner(ground, clock);
  }

  private Writing writing() {
    var pusher =
        Pushers.on(
            ground, reading, publishing.publisher, publishing.settings.tarball(), new Trail(clock));
    return new Writing(
        blobs,
        publishing.settings,
        publishing.publisher,
        publishing.revisions,
        publishing.tags,
        publishing.sharing,
        publishing.teams,
        pusher);
  }

  /// A package has changed that something of is here.
  void changed(String name) {
    stamps.outdate(name);
    scanner.look(name);
  }

  /// Removes what no row names; only where no other process writes to the store.
  OrphanSweep orphanSweep() {
    return new OrphanSweep(database, blobs, settling::isUnderWay, clock);
  }

  /// Signs what was published before there were keys.
  LateSignatures lateSignatures() {
    return new LateSignatures(database, signing, new Trail(clock), stamps);
  }

  /// Forgets what no upstream knew.
  UnknownNameSweep unknownNameSweep() {
    return new UnknownNameSweep(database, UNKNOWN_NAMES, clock);
  }

  private Jobs jobs() {
    var made = new Jobs(database, clock);
    made.handle(Forwards.KIND, new Forwarding(writing.pusher(), packages, registries));
    made.handle(Policies.RESCAN, new Rescan(scanner, new KeptVersions(database)));
    return made;
  }

  /// Answers in memory give way to every change, made here or by another process.
  private void watch() {
    registries.onChange(() -> {
      // A deleted registry takes its packages' names along.
      internalNames.reload();
      stamps.outdateAll();
    });
    // Documents show the addresses of those who own a package.
    access.onAccountChange(stamps::outdateAll);
    policies.onChange(stamps::outdateAll);
    changes.watch(Changes.Topic.POLICIES, policies::reload);
    advisories.onChange(change -> {
      if (change.all()) {
        stamps.outdateAll();
      } else {
        change.names().forEach(stamps::outdate);
      }
      scanner.look(change);
    });
    policies.onChange(scanner::lookAtIssues);
    packuments.onRendered(withheld::saw);
    downloads.onWritten(scanner::fetched);
    downloads.onWritten(afterwards::fetched);
    changes.watch(Changes.Topic.FACTS, reading.learning()::learn);
    changes.watch(Changes.Topic.REGISTRIES, registries::reload);
    changes.watch(
        Changes.Topic.PACKAGES,
        () -> {
          internalNames.reload();
          stamps.outdateAll();
        });
  }

  @Override
  public void close() {
    changes.close();
    jobs.close();
    messaging.close();
    scanner.close();
    needs.close();
    ahead.close();
    afterwards.close();
    reading.close();
    downloads.close();
    traffic.close();
    withheld.close();
    access.close();
    database.close();
  }
}
