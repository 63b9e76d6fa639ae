package dev.gatehouse.e2e.clients;

import java.util.List;

/// What people do with a registry. The operands are the capitalised words that stand in a client's
/// command for the values given to [Seat#run].
public enum Verb {
  LOGIN("log in by name and password"),
  WEB_LOGIN("log in by the browser"),
  LOGOUT("log out"),
  WHOAMI("who am I"),
  PING("ping"),
  PROFILE_GET("show the profile"),
  PROFILE_SET("change the profile", "FIELD", "TEXT"),
  TOKEN_LIST("list tokens"),
  TOKEN_CREATE("create a read-only token", "PASSWORD"),
  TOKEN_REVOKE("revoke a token", "KEY"),
  INSTALL("install"),
  FROZEN_INSTALL("install from the lockfile"),
  ADD("add a dependency", "NAME", "RANGE"),
  UPDATE("update a dependency", "NAME"),
  OUTDATED("list what is outdated"),
  AUDIT("audit"),
  AUDIT_FIX("audit and repair"),
  EXEC("run a package's binary", "NAME", "VERSION"),
  VIEW("view a package", "NAME"),
  SEARCH("search", "TEXT"),
  PACK("fetch a tarball", "NAME", "VERSION"),
  DIFF("compare two versions", "NAME", "VERSION", "OTHER"),
  PUBLISH("publish", "TAG", "ACCESS"),
  DEPRECATE("deprecate", "NAME", "VERSION", "TEXT"),
  UNDEPRECATE("lift a deprecation", "NAME", "VERSION"),
  UNPUBLISH_VERSION("unpublish a version", "NAME", "VERSION"),
  UNPUBLISH("unpublish a package", "NAME"),
  TAG_LIST("list tags", "NAME"),
  TAG_ADD("add a tag", "NAME", "VERSION", "TAG"),
  TAG_REMOVE("remove a tag", "NAME", "TAG"),
  OWNER_LIST("list owners", "NAME"),
  OWNER_ADD("add an owner", "USER", "NAME"),
  OWNER_REMOVE("remove an owner", "USER", "NAME"),
  ACCESS_GET("show the access", "NAME"),
  ACCESS_SET("set the access", "STATUS", "NAME"),
  COLLABORATORS("list collaborators", "NAME"),
  STAR("star", "NAME"),
  UNSTAR("remove a star", "NAME"),
  STARS("list stars", "USER"),
  AUDIT_SIGNATURES("check signatures");

  private final String title;
  private final String operands;

  Verb(String title, String... operands) {
    this.title = title;
    this.operands = String.join(" ", operands);
  }

  /// In words, as in the documentation's table.
  public String title() {
    return title;
  }

  List<String> operands() {
    return operands.isEmpty() ? List.of() : List.of(operands.split(" ", -1));
  }
}
