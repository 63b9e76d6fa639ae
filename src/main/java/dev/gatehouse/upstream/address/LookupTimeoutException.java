package dev.gatehouse.upstream.address;

import java.net.UnknownHostException;

/// The name service did not answer in time, which says nothing about whether the host exists.
public final class LookupTimeoutException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  LookupTimeoutException(String host) {
    super(host);
  }
}
