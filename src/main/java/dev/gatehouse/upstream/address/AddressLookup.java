package dev.gatehouse.upstream.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// How a host's name, or an address in letters, becomes addresses.
@FunctionalInterface
public interface AddressLookup {

  /// The addresses of `host`, at least one.
  List<InetAddress> lookup(String host) throws UnknownHostException;
}
