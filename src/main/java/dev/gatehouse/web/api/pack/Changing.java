package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.publish.Attending;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.web.api.Visitors;
import org.jspecify.annotations.Nullable;

/// Who changes which package: by the same rights as clients, and with a second factor where the
/// registry wants it, which comes as the header that clients send.
public record Changing(Visitors visitors, Attending attending) {
  private static final String CODE = "npm-otp";

  /// Whoever may use `right` on the package that the path names.
  Visitors.At at(Request request, Right right) {
    return visitors.at(request, right, PackageName.parse(request.variable("name")));
  }

  /// Whoever may publish in the registry that the path names, for all that is known before the
  /// tarball is there: which package it is, it says itself.
  Visitors.At publisher(Request request) {
    Visitors.At at = visitors.at(request, Right.READ);
    return at.visitor().identity().limits().packages().isEmpty()
        ? visitors.at(request, Right.PUBLISH)
        : at;
  }

  /// The change of the package that the path names as `{name}`.
  static Edit edit(Visitors.At at, Request request) {
    return edit(at, PackageName.parse(request.variable("name")));
  }

  static Edit edit(Visitors.At at, PackageName name) {
    return new Edit(at.visitor().identity(), at.registry(), name);
  }

  /// Refuses a change without the second factor that it needs.
  void attend(Request request, Edit edit) {
    attending.require(edit, code(request));
  }

  static @Nullable String code(Request request) {
    return request.header(CODE);
  }
}
