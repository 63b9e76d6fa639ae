package dev.gatehouse.upstream.address;

import java.net.UnknownHostException;

/// A host has an address that must not be connected to.
public final class ForbiddenAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  ForbiddenAddressException(String host) {
    super(host);
  }
}
