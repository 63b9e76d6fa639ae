package dev.gatehouse.install.tarball;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DownloadTest {
  private final Download download = new Download(Path.of("in.part"));

  @Test
  void isRecordedForAllWhoJoinedBeforeAnybodyIsToldOfItsEnd() {
    List<Set<Long>> recorded = new ArrayList<>();
    download.join(List.of(1L, 2L));
    download.begin(3);
    download.advance(3);

    download.complete(
        Path.of("kept"),
        3,
        joined -> {
          assertThat(download.join(List.of(1L))).as("it is not at its end yet").isTrue();
          recorded.add(joined);
        });

    assertThat(recorded).containsExactly(Set.of(1L, 2L));
    assertThat(download.join(List.of(3L))).as("who comes later records it himself").isFalse();
    assertThat(download.awaitEnd()).isNull();
  }
}
