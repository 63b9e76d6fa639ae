package dev.gatehouse.http.wire;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The proxies whose `X-Forwarded-…` headers are believed. Everyone can send these headers, so they
/// count only as far as an unbroken chain of trusted addresses reaches, seen from this server.
public final class TrustedProxies {
  /// More hops than this are no honest chain; the rest of the header is not read.
  private static final int MOST_HOPS = 32;

  /// The library reads more than addresses: ranges, masks, prefixes of any length.
  private static final Pattern PLAIN = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private final List<IPAddress> networks;

  /// Trusts addresses and CIDR blocks; refuses to start on one that is neither.
  public TrustedProxies(List<String> networks) {
    this.networks = networks.stream().map(TrustedProxies::network).toList();
  }

  private static IPAddress network(String text) {
    try {
      return new IPAddressString(text).toAddress().toPrefixBlock();
    } catch (AddressStringException e) {
      throw new IllegalArgumentException(
          "The trusted proxy \"" + text + "\" is neither an address nor a CIDR block.", e);
    }
  }

  /// Whether nobody is trusted.
  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /// Whether `address` is a trusted proxy.
  public boolean trusts(InetAddress address) {
    return !networks.isEmpty()
        && contains(canonical(new IPAddressString(address.getHostAddress()).getAddress()));
  }

  private boolean contains(@Nullable IPAddress address) {
    return address != null && networks.stream().anyMatch(network -> network.contains(address));
  }

  /// The client behind `peer`: the rightmost entry of the `X-Forwarded-For` headers (in order of
  /// arrival) that is no trusted proxy. An entry that cannot be read ends the walk at the last
  /// address that was vouched for.
  public InetAddress client(InetAddress peer, List<String> forwardedFor) {
    if (forwardedFor.isEmpty() || !trusts(peer)) {
      return peer;
    }
    InetAddress client = peer;
    int hops = 0;
    for (String entry : entries(forwardedFor).reversed()) {
      IPAddress address = plain(bare(entry));
      if (address == null || address.isMultiple() || ++hops > MOST_HOPS) {
        return client;
      }
      client = address.toInetAddress();
      if (!contains(address)) {
        return client;
      }
    }
    return client;
  }

  private static List<String> entries(List<String> headers) {
    List<String> entries = new ArrayList<>();
    for (String header : headers) {
      for (String entry : header.split(",", -1)) {
        entries.add(entry.strip());
      }
    }
    return entries;
  }

  /// Some proxies add a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
  private static String bare(String entry) {
    if (entry.startsWith("[")) {
      int close = entry.indexOf(']');
      return close < 0 ? "?" : entry.substring(1, close);
    }
    int colon = entry.indexOf(':');
    return colon >= 0 && colon == entry.lastIndexOf(':') ? entry.substring(0, colon) : entry;
  }

  private static @Nullable IPAddress plain(String text) {
    return PLAIN.matcher(text).matches() ? canonical(new IPAddressString(text).getAddress()) : null;
  }

  /// An IPv4 address in IPv6's clothes is the IPv4 address. Empty text and wildcards are nothing.
  private static @Nullable IPAddress canonical(@Nullable IPAddress address) {
    if (address == null) {
      return null;
    }
    return address.isIPv6() && address.toIPv6().isIPv4Mapped()
        ? address.toIPv6().getEmbeddedIPv4Address()
        : address;
  }
}
