package dev.gatehouse.upstream.wire;

import dev.gatehouse.upstream.address.ForbiddenAddressException;
import dev.gatehouse.upstream.address.LookupTimeoutException;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;

/// Puts what the network throws into words. Messages of the libraries stay out: they quote
/// addresses and headers.
final class Failures {
  private Failures() {}

  static UpstreamException of(IOException thrown, URI uri, Deadline deadline) {
    String origin = UpstreamSource.origin(uri);
    if (deadline.expired()) {
      return late(origin, deadline);
    }
    return switch (thrown) {
      case UpstreamException known -> known;
      case ForbiddenAddressException _ ->
          UpstreamException.lasting(
              "The address of "
                  + origin
                  + " is inside a private network, where only an upstream's own configured host"
                  + " may be. Configure that host as the upstream if it is meant.");
      case LookupTimeoutException _ ->
          UpstreamException.late("The name service did not say in time where " + origin + " is.");
      case UnknownHostException _ ->
          UpstreamException.lasting("The host of " + origin + " is not known to the name service.");
      case SSLException _ ->
          UpstreamException.lasting(
              "No trusted TLS connection with "
                  + origin
                  + " came about; check its certificate and the one that signed it.");
      case InterruptedIOException _ ->
          UpstreamException.late("The upstream at " + origin + " was silent for too long.");
      case ClientProtocolException _, MessageConstraintException _ ->
          UpstreamException.lasting(
              "What answers at " + origin + " does not speak HTTP as it should.");
      case ConnectException _ ->
          UpstreamException.passing("The upstream at " + origin + " takes no connections.", null);
      default ->
          UpstreamException.passing("The upstream at " + origin + " broke its answer off.", null);
    };
  }

  static UpstreamException late(String origin, Deadline deadline) {
    return UpstreamException.late(
        "The upstream at %s was not done within %.1f s."
            .formatted(origin, deadline.time().toMillis() / 1000.0));
  }
}
