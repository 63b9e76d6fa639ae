package dev.gatehouse.access.secret;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Where somebody comes from, as far as limits go: an IPv4 address, or an IPv6 network of 64 bits,
/// which is what one household has and one machine may use all of.
///
/// @param key tells networks apart, in letters and digits
public record Network(String key) {
  private static final int IPV6_NETWORK_BYTES = 8;

  /// The network of `address`.
  public static Network of(InetAddress address) {
    byte[] bytes = address.getAddress();
    int length = address instanceof Inet6Address ? IPV6_NETWORK_BYTES : bytes.length;
    return new Network(HexFormat.of().formatHex(bytes, 0, length));
  }
}
