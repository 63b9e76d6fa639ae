package dev.gatehouse.http.connection;

import java.io.IOException;

/// The client closed the connection or reset its stream; nobody is left to be answered.
public final class ClientGone extends IOException {
  private static final long serialVersionUID = 1L;

  /// `what` was going on when the client left.
  public ClientGone(String what) {
    super("The client went away while " + what);
  }
}
