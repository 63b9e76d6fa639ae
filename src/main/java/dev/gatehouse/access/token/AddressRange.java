package dev.gatehouse.access.token;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A range of addresses in CIDR notation, `10.1.0.0/16` or `2001:db8::/32`; an address alone is the
/// range of itself. An IPv6 address that carries an IPv4 one counts as that.
public final class AddressRange {
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
  private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");

  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /// The range written as `text`, or a malformed problem with a sentence. Octal, shortened or
  /// otherwise ambiguous addresses are none.
  public static AddressRange of(String text) {
    int slash = text.indexOf('/');
    byte[] network = address(slash < 0 ? text : text.substring(0, slash), text);
    int most = network.length * Byte.SIZE;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most, text);
    clear(network, bits);
    return new AddressRange(network, bits);
  }

  /// Whether `address` lies in this range.
  public boolean contains(InetAddress address) {
    return covers(address.getAddress(), bits);
  }

  /// Whether all of `other` lies in this range.
  public boolean contains(AddressRange other) {
    return other.bits >= bits && covers(other.network, bits);
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange range
        && bits == range.bits
        && Arrays.equals(network, range.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + bits;
  }

  private boolean covers(byte[] address, int length) {
    if (address.length != network.length) {
      return false;
    }
    byte[] cleared = address.clone();
    clear(cleared, length);
    return Arrays.equals(cleared, network);
  }

  private static byte[] address(String address, String text) {
    try {
      if (IPV4.matcher(address).matches() || IPV6.matcher(address).matches()) {
        return InetAddress.ofLiteral(address).getAddress();
      }
    } catch (IllegalArgumentException _) {
      // Of the right characters, and yet no address.
    }
    throw malformed(text);
  }

  private static int bits(String bits, int most, String text) {
    if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > most) {
      throw malformed(text);
    }
    return Integer.parseInt(bits);
  }

  private static void clear(byte[] address, int from) {
    for (int bit = from; bit < address.length * Byte.SIZE; bit++) {
      address[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
    }
  }

  private static ProblemException malformed(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new ProblemException(
        new Problem.Malformed(
            "\"%s\" is no range of addresses: write it as 10.1.0.0/16 or 2001:db8::/32."
                .formatted(shown)));
  }
}
