package dev.gatehouse.app.wiring;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.publish.change.DistTags;
import dev.gatehouse.publish.change.Revisions;
import dev.gatehouse.publish.change.Sharing;
import dev.gatehouse.publish.change.TeamSharing;
import dev.gatehouse.publish.push.Pusher;
import dev.gatehouse.publish.version.PublishSettings;
import dev.gatehouse.publish.version.Publisher;

/// What changes packages, for every face of the server the same.
public record Writing(
    Blobs blobs,
    PublishSettings settings,
    Publisher publisher,
    Revisions revisions,
    DistTags tags,
    Sharing sharing,
    TeamSharing teams,
    Pusher pusher) {}
