package dev.gatehouse.app;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.http.Router;
import dev.gatehouse.packages.team.PackageTeams;
import dev.gatehouse.publish.Attending;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.publish.change.DistTags;
import dev.gatehouse.publish.change.Revisions;
import dev.gatehouse.publish.change.Sharing;
import dev.gatehouse.publish.change.Stargazing;
import dev.gatehouse.publish.change.TeamSharing;
import dev.gatehouse.publish.version.Attestations;
import dev.gatehouse.publish.version.PublishSettings;
import dev.gatehouse.publish.version.Publisher;
import dev.gatehouse.web.npm.publish.Attendance;
import dev.gatehouse.web.npm.publish.AttestationsEndpoint;
import dev.gatehouse.web.npm.publish.DistTagsEndpoint;
import dev.gatehouse.web.npm.publish.PublishEndpoint;
import dev.gatehouse.web.npm.publish.RevisionSwitch;
import dev.gatehouse.web.npm.publish.SharingEndpoint;
import dev.gatehouse.web.npm.publish.StarsEndpoint;
import dev.gatehouse.web.npm.publish.TeamPackagesEndpoint;
import dev.gatehouse.web.npm.publish.UnpublishEndpoint;

/// The services of the writing side, and the part of the table of URLs that leads to them.
final class Publishing {
  final PublishSettings settings;
  final Editing editing;
  final Publisher publisher;
  final Revisions revisions;
  final DistTags tags;
  final Sharing sharing;
  final TeamSharing teams;
  final Stargazing stargazing;
  final Attestations attestations;

  Publishing(Wiring wiring, Config.Limits limits) {
    var trail = new Trail(wiring.clock);
    this.settings =
        PublishSettings.of(limits.tarballMegabytes(), limits.unpackedMegabytes(), limits.files());
    this.editing = new Editing(wiring.database, trail, wiring.internalNames, wiring::changed);
    this.publisher =
        new Publisher(
            editing,
            new Publisher.Parts(
                wiring.blobs, wiring.views, wiring.signing, wiring.messaging.webhooks()),
            settings,
            wiring.clock);
    this.revisions = new Revisions(editing, wiring.views);
    this.tags = new DistTags(editing, wiring.views);
    this.sharing = new Sharing(editing, wiring.access.accounts());
    this.teams = new TeamSharing(editing, wiring.database, trail);
    this.stargazing = new Stargazing(wiring.database, trail, wiring.views, wiring.stamps);
    this.attestations =
        new Attestations(
            wiring.registries, wiring.packages, wiring.views, wiring.reading.attestations());
  }

  /// Adds the routes below a registry.
  void route(Router router, Wiring wiring) {
    var attendance = new Attendance(wiring.access, new Attending(wiring.access));
    var publish =
        new PublishEndpoint(
            wiring.gate,
            new PublishEndpoint.Receipt(publisher, wiring.blobs, settings.document()),
            new RevisionSwitch(revisions, sharing, stargazing, attendance));
    var unpublish = new UnpublishEndpoint(wiring.gate, revisions, attendance);
    router
        .route("PUT", "{name}", publish::publish)
        .route("PUT", "{name}/-rev/{rev}", publish::revise)
        .route("DELETE", "{name}/-rev/{rev}", unpublish::all)
        .route("DELETE", "{name}/-/{file*}", unpublish::tarball)
        .route("DELETE", "r/{repeated}/{name}/-/{file*}", unpublish::tarball)
        .route("DELETE", "w/{workspace}/r/{repeated}/{name}/-/{file*}", unpublish::tarball)
        .route(
            "GET",
            "-/npm/v1/attestations/{spec*}",
            new AttestationsEndpoint(wiring.gate, attestations));
    router.route("GET", "-/v1/confirm/{secret}", attendance::ask);
    people(router, wiring, attendance);
  }

  private void people(Router router, Wiring wiring, Attendance attendance) {
    var tag = new DistTagsEndpoint(wiring.gate, tags, attendance);
    var share =
        new SharingEndpoint(
            wiring.gate,
            sharing,
            new SharingEndpoint.Shown(
                wiring.packages, wiring.access.accounts(), tags, new PackageTeams(wiring.database)),
            attendance);
    var owned =
        new TeamPackagesEndpoint(
            wiring.gate,
            new TeamPackagesEndpoint.Parts(wiring.access, new PackageTeams(wiring.database), teams),
            attendance);
    router
        .route("GET", "-/team/{scope}/{team}/package", owned::list)
        .route("PUT", "-/team/{scope}/{team}/package", owned::grant)
        .route("DELETE", "-/team/{scope}/{team}/package", owned::revoke);
    var stars = new StarsEndpoint(wiring.gate, stargazing);
    router
        .route("GET", "-/package/{name}/dist-tags", tag::list)
        .route("PUT", "-/package/{name}/dist-tags/{tag}", tag::set)
        .route("POST", "-/package/{name}/dist-tags/{tag}", tag::set)
        .route("DELETE", "-/package/{name}/dist-tags/{tag}", tag::remove)
        .route("PUT", "-/package/{name}/owners", share::addOwner)
        .route("DELETE", "-/package/{name}/owners/{user}", share::removeOwner)
        .route("GET", "-/package/{name}/collaborators", share::collaborators)
        .route("GET", "-/package/{name}/visibility", share::visibility)
        .route("GET", "-/package/{name}/access", share::access)
        .route("POST", "-/package/{name}/access", share::setAccess)
        .route("PUT", "-/user/v1/star", stars::add)
        .route("DELETE", "-/user/v1/star", stars::remove)
        .route("GET", "-/user/v1/star", stars::own)
        .route("PUT", "-/user/package/{name}/star", stars::addByPath)
        .route("DELETE", "-/user/package/{name}/star", stars::removeByPath)
        .route("GET", "-/user/{user}/stars", stars::of)
        .route("GET", "-/_view/starredByUser", stars::view);
  }
}
