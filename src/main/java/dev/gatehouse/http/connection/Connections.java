package dev.gatehouse.http.connection;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop, which alone calls this. The server's idle timeout sees only
/// whether bytes move, and so a client that sends a header a byte at a time would stay for ever:
/// this closes every connection that has no request in progress and did not complete a request's
/// head within its time. It also bounds their number, over all loops.
public final class Connections {
  private static final class State {
    int requests;
    boolean used;
    long idleSince = System.nanoTime();
  }

  /// How many connections there may be, and how long one may take for a request's head: the `first`
  /// one, or the next one on a connection that is kept alive.
  public record Bounds(int most, Duration first, Duration next) {}

  private final Map<HttpConnection, State> states = new HashMap<>();
  private final AtomicInteger total;
  private final Bounds bounds;

  /// `total` is shared by all loops.
  public Connections(AtomicInteger total, Bounds bounds) {
    this.total = total;
    this.bounds = bounds;
  }

  /// Takes a new connection in, or closes it if there are too many.
  public void opened(HttpConnection connection) {
    if (total.incrementAndGet() > bounds.most()) {
      total.decrementAndGet();
      connection.close();
      return;
    }
    states.put(connection, new State());
    connection.closeHandler(_ -> closed(connection));
  }

  private void closed(HttpConnection connection) {
    if (states.remove(connection) != null) {
      total.decrementAndGet();
    }
  }

  /// A request's head is complete.
  public void begin(HttpConnection connection) {
    @Nullable State state = states.get(connection);
    if (state != null) {
      state.requests++;
      state.used = true;
    }
  }

  /// The request is answered, or its client is gone.
  public void end(HttpConnection connection) {
    @Nullable State state = states.get(connection);
    if (state != null && --state.requests == 0) {
      state.idleSince = System.nanoTime();
    }
  }

  /// Closes what waited too long.
  public void sweep() {
    long now = System.nanoTime();
    List<HttpConnection> late = new ArrayList<>();
    states.forEach((connection, state) -> {
      Duration patience = state.used ? bounds.next() : bounds.first();
      if (state.requests == 0 && now - state.idleSince > patience.toNanos()) {
        late.add(connection);
      }
    });
    late.forEach(HttpConnection::close);
  }
}
