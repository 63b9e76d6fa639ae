package dev.gatehouse.publish.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.util.List;

/// The jobs that hand new versions on to upstreams by themselves.
public final class Forwards {
  /// Their kind.
  public static final String KIND = "forward";

  private static final JsonMapper JSON = new JsonMapper();

  private Forwards() {}

  /// One version for one upstream. Ids, because names change.
  ///
  /// @param tags those that it was published under
  public record Forward(
      long registryId, long upstreamId, String name, String version, List<String> tags) {

    /// Reads what [#text] wrote.
    public static Forward parse(String text) {
      try {
        return JSON.readValue(text, Forward.class);
      } catch (JsonProcessingException broken) {
        throw new IllegalArgumentException(broken);
      }
    }

    String text() {
      try {
        return JSON.writeValueAsString(this);
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /// Whether `upstream` is to get `version` by itself.
  public static boolean wants(Upstream upstream, Version version) {
    return upstream.pushes()
        && switch (upstream.forward()) {
          case NONE -> false;
          case RELEASED -> !version.isPrerelease();
          case ALL -> true;
        };
  }

  /// Queues a new version for every upstream that wants it, in the transaction that publishes it.
  static void queue(Draft draft, Registry registry, Publication publication) {
    List<String> tags = List.copyOf(publication.listing().distTags().keySet());
    String name = publication.name().value();
    Version version = publication.version();
    for (Upstream upstream : registry.upstreams()) {
      if (wants(upstream, version)) {
        var job = new Forward(registry.id(), upstream.id(), name, version.toString(), tags);
        Jobs.add(draft.handle(), KIND, job.text(), draft.now());
      }
    }
  }
}
