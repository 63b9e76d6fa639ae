package dev.gatehouse.upstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.problem.ProblemException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamSourceTest {
  @ParameterizedTest
  @CsvSource({
    "https://host.test, https://host.test/",
    "https://host.test/npm/repo, https://host.test/npm/repo/",
    "http://host.test:8080/a/, http://host.test:8080/a/"
  })
  void endsItsBaseWithASlash(String given, String base) {
    assertThat(new UpstreamSource(URI.create(given), null).base()).hasToString(base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host.test/",
        "host.test",
        "https:///a",
        "https://user:pass@host.test/",
        "https://host.test/?a=b",
        "https://host.test/#a",
        "https://host.test/a/../b/",
        "https://host.test:99999/",
        "mailto:a@host.test"
      })
  void refusesABaseThatIsNone(String base) {
    URI uri = URI.create(base);
    assertThatThrownBy(() -> new UpstreamSource(uri, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageNotContaining("pass");
  }

  @ParameterizedTest
  @CsvSource({
    "https://host.test/r/a, true",
    "https://HOST.test:443/r/a, true",
    "HTTPS://host.test/r/, true",
    "http://host.test/r/a, false",
    "https://host.test:8443/r/a, false",
    "https://host.test.evil.test/r/a, false",
    "https://host.test/r, false",
    "https://host.test/rr/a, false",
    "https://host.test/r/%2e%2e/a, false",
    "https://host.test/r/a%2f%2e%2e%2fb, false"
  })
  void ownsWhatIsBelowItsBase(String uri, boolean owns) {
    UpstreamSource source = new UpstreamSource(URI.create("https://host.test/r/"), null);
    assertThat(source.owns(URI.create(uri))).isEqualTo(owns);
  }

  @Test
  void showsNoMoreOfAnAddressThanItsOrigin() {
    assertThat(UpstreamSource.origin(URI.create("https://host.test:8443/a?signature=x")))
        .isEqualTo("https://host.test:8443");
  }
}
