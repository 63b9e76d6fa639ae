package dev.gatehouse.upstream.wire;

import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.util.Map;

/// What to ask of whom.
///
/// @param uri where, at `source` or at a host that its documents point to
/// @param headers without the credential, which is added where it belongs
public record Question(UpstreamSource source, URI uri, Map<String, String> headers) {
  public Question {
    headers = Map.copyOf(headers);
  }

  Question at(URI elsewhere) {
    return new Question(source, elsewhere, headers);
  }
}
