package dev.gatehouse.upstream.address;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Tells addresses of the public internet from all others: the machine itself, its network, cloud
/// metadata services, multicast and what is reserved. After the special-purpose registries of IANA
/// (RFC 6890 and later).
///
/// IPv4 lists what is closed. IPv6 lists what is open, and addresses that carry an IPv4 address
/// (mapped, 6to4, NAT64, ISATAP) are as open as the one they carry.
public final class AddressRanges {
  private static final List<Range> CLOSED_4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");
  private static final Range NAT64 = Range.of("64:ff9b::/96");
  private static final Range SIX_TO_FOUR = Range.of("2002::/16");
  private static final Range OPEN_6 = Range.of("2000::/3");
  // Protocol assignments with Teredo, documentation twice.
  private static final List<Range> CLOSED_6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20");

  private AddressRanges() {}

  /// Whether `address` is one that anybody on the internet may be sent to.
  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> isPublic4(bytes);
      case Inet6Address _ -> isPublic6(bytes);
      default -> false;
    };
  }

  private static boolean isPublic4(byte[] bytes) {
    return CLOSED_4.stream().noneMatch(range -> range.contains(bytes));
  }

  private static boolean isPublic6(byte[] bytes) {
    if (NAT64.contains(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, 2, 6));
    }
    if (isIsatap(bytes) && !isPublic4(Arrays.copyOfRange(bytes, 12, 16))) {
      return false;
    }
    return OPEN_6.contains(bytes) && CLOSED_6.stream().noneMatch(range -> range.contains(bytes));
  }

  /// RFC 5214: the last half is 0000:5efe or 0200:5efe and an IPv4 address.
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
  }

  private static List<Range> ranges(String... texts) {
    return Arrays.stream(texts).map(Range::of).toList();
  }

  private record Range(BigInteger prefix, int bits, int width) {
    static Range of(String text) {
      int slash = text.indexOf('/');
      byte[] bytes = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(text.substring(slash + 1));
      return new Range(leading(bytes, bits), bits, bytes.length);
    }

    boolean contains(byte[] address) {
      return address.length == width && leading(address, bits).equals(prefix);
    }

    private static BigInteger leading(byte[] address, int bits) {
      return new BigInteger(1, address).shiftRight(address.length * 8 - bits);
    }
  }
}
