package dev.gatehouse.upstream.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/// The only way from a host's name to a connection. It is asked once per connection and what it
/// answers is what is connected to, so a name that changes its address between a check and its use
/// gains nothing. A literal address passes through here as well.
///
/// With `guarded`, one address that is not public refuses the whole host: nobody mixes public and
/// private addresses under one name with good intent.
public record GuardedResolver(AddressLookup lookup, boolean guarded) implements DnsResolver {
  // Each address may take the connect timeout.
  private static final int ADDRESSES = 4;

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    List<InetAddress> found = lookup.lookup(host);
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    if (guarded && !found.stream().allMatch(AddressRanges::isPublic)) {
      throw new ForbiddenAddressException(host);
    }
    return found.stream().limit(ADDRESSES).toArray(InetAddress[]::new);
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return List.of(resolve(host)).stream()
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  /// Nobody asks for other names of a host; asking the name service for one would pass the guard
  /// by.
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
