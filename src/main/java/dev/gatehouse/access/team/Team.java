package dev.gatehouse.access.team;

import java.util.List;

/// People of a workspace who are given rights together.
///
/// @param members the names of their accounts, in order, deactivated ones among them
public record Team(
    long id, long workspaceId, String name, String description, List<String> members) {
  /// Keeps its own copy.
  public Team {
    members = List.copyOf(members);
  }
}
