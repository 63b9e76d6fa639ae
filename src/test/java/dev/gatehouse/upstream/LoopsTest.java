package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoopsTest {
  @TempDir Path scratch;

  @Test
  void saysOnEveryRequestWhereItComesFrom() {
    try (TestingUpstream upstream = TestingUpstream.start();
        TestingClient client = new TestingClient(scratch)) {
      upstream.put("a", "{}");
      UpstreamSource source = new UpstreamSource(upstream.url(), null);
      text(client.packument(source, "a"));
      client.client().tarball(source, upstream.url("/a.tgz"), Hops.parse("first,second"));
      client
          .client()
          .tag(source, new UpstreamClient.Tag(new PackageName("a"), "b", "1.0.0"), Hops.none());
      assertThat(upstream.requests())
          .extracting(request -> request.header(Hops.HEADER))
          .containsExactly(
              TestingClient.INSTANCE,
              "first,second," + TestingClient.INSTANCE,
              TestingClient.INSTANCE);
    }
  }

  @Test
  void noticesItsOwnRequestsComingBack() {
    try (TestingClient client = new TestingClient(scratch)) {
      assertThat(client.client().isLoop("first," + client.client().instanceId())).isTrue();
      assertThat(client.client().isLoop("first")).isFalse();
      assertThat(client.client().isLoop(null)).isFalse();
    }
  }

  @Test
  void saysThatAnUpstreamFoundALoop() {
    try (TestingUpstream upstream = TestingUpstream.start();
        TestingClient client = new TestingClient(scratch)) {
      upstream.at("/a").status(508);
      assertThat(failed(client.packument(upstream.url(), "a")).sentence()).contains("circle");
      assertThat(upstream.requests()).hasSize(1);
    }
  }
}
