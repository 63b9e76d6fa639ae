package dev.gatehouse.app;

import dev.gatehouse.access.Access;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.install.Packuments;
import dev.gatehouse.install.document.DocumentFetch;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.FirstSeen;
import dev.gatehouse.install.document.Settling;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Vault;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.UpstreamLimits;
import dev.gatehouse.web.Gate;
import java.time.Clock;
import java.util.UUID;

/// Every `new` of a service, by hand, from the bottom up.
final class Wiring implements AutoCloseable {
  final Clock clock;
  final Database database;
  final Changes changes;
  final Blobs blobs;
  final Registries registries;
  final Upstreams upstreams;
  final Access access;
  final Packages packages;
  final InternalNames internalNames;
  final Stamps stamps = new Stamps();
  final UpstreamClient client;
  final Settling settling;
  final Packuments packuments;
  final Tarballs tarballs;
  final Views views;
  final Gate gate;
  final Publishing publishing;

  Wiring(Config config, DataDirectory directory, Clock clock) {
    this.clock = clock;
    this.database = Database.open(config.jdbcUrl(), "server");
    this.changes = new Changes(database);
    this.blobs = new Blobs(directory.store());
    this.registries = new Registries(database, clock);
    this.upstreams = new Upstreams(registries, Vault.open(directory.credentialKey()));
    this.access = new Access(database, changes, clock);
    this.packages = new Packages(database);
    this.internalNames = new InternalNames(database);
    this.client =
        new UpstreamClient(
            UpstreamLimits.defaults(), blobs.scratch(), UUID.randomUUID().toString());
    this.settling = new Settling(blobs, database);
    var cached = new CachedTarballs(database);
    this.views =
        new Views(
            registries,
            new Views.Inside(packages, cached, internalNames),
            outside(config, new DocumentRows(database)));
    this.packuments = new Packuments(views, stamps, clock, config.memory().renderedMegabytes());
    this.tarballs =
        new Tarballs(new Tarballs.Parts(blobs, views, cached, settling, stamps, client), clock);
    this.gate = new Gate(registries, access.authenticator());
    this.publishing = Publishing.of(this, config.limits());
    watch();
  }

  private Views.Outside outside(Config config, DocumentRows rows) {
    var indexes = new DocumentIndexes(blobs, config.memory().indexMegabytes());
    var firstSeen = new FirstSeen(rows, clock);
    var fetch =
        new DocumentFetch(
            new DocumentFetch.Parts(client, blobs, indexes, settling, firstSeen, stamps), clock);
    var documents = new UpstreamDocuments(rows, fetch, config.documents(), clock);
    var origins = new Origins(upstreams);
    registries.onChange(origins::reload);
    return new Views.Outside(documents, indexes, firstSeen, origins);
  }

  /// Answers in memory give way to every change, made here or by another process.
  private void watch() {
    registries.onChange(stamps::outdateAll);
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
    client.close();
    settling.close();
    access.close();
    database.close();
  }
}
