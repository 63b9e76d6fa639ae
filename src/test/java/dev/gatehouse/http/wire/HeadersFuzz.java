package dev.gatehouse.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.util.List;

/// A fuzz target: whatever a client or a proxy writes into the headers that are read here, a range
/// lies inside of the file, an address is one, and nothing throws but a sentence.
public final class HeadersFuzz {
  private static final TrustedProxies PROXIES =
      new TrustedProxies(List.of("10.0.0.0/8", "2001:db8::/32"));
  private static final InetAddress PEER = InetAddress.ofLiteral("10.0.0.1");
  private static final String TAG = "\"kept\"";

  private HeadersFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    long size = data.consumeLong(0, Long.MAX_VALUE);
    String value = data.consumeRemainingAsString();
    requireInside(ByteRange.of(value, size), size);
    requireInside(ByteRange.of("bytes=" + value, size), size);
    assertThat(EntityTags.matches(TAG + "," + value, TAG)).isTrue();
    EntityTags.matches(value, TAG);
    requireAuthority(value);
    List<String> forwarded = List.of(value);
    InetAddress client = PROXIES.client(PEER, forwarded);
    assertThat(client).isNotNull();
    assertThat(PROXIES.client(InetAddress.ofLiteral("192.0.2.7"), forwarded))
        .as("what a stranger says of itself")
        .isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
  }

  private static void requireInside(ByteRange range, long size) {
    if (range instanceof ByteRange.Part(long first, long length)) {
      assertThat(first).isBetween(0L, size - 1);
      assertThat(length).isBetween(1L, size - first);
    }
  }

  private static void requireAuthority(String value) {
    try {
      String authority = Authority.of(value);
      assertThat(authority).matches("[a-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9a-f:.]+](:[0-9]{1,5})?");
      assertThat(Authority.of(authority)).isEqualTo(authority);
    } catch (ProblemException e) {
      assertThat(e.problem().sentence()).endsWith(".");
    }
  }
}
