package dev.gatehouse.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// What follows a response's head.
public sealed interface Body {

  /// Nothing.
  record Empty() implements Body {}

  /// Bytes in memory.
  record Bytes(Content content) implements Body {}

  /// `length` bytes of a file from `offset`, sent by the kernel. GET with a single Range is
  /// answered from it with 206.
  record File(Path path, long offset, long length) implements Body {}

  /// Bytes that are written while they are sent; `length` is -1 if it is not known.
  record Stream(long length, Writer writer) implements Body {}

  /// Writes a body.
  @FunctionalInterface
  interface Writer {

    /// Writes all of the body. Runs on the request's virtual thread and is held up while the client
    /// is slow. If it throws after bytes were sent, the connection is reset, so that no client
    /// takes the part for the whole; before, the failure is answered like a handler's.
    void writeTo(OutputStream out) throws IOException;
  }
}
