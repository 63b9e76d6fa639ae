/// The server adapter: plain functions from a `Request` to a `Response`, and the mapper from
/// problems to status codes.
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
