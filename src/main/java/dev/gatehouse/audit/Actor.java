package dev.gatehouse.audit;

import org.jspecify.annotations.Nullable;

/// Who does something. Every operation that changes anything takes one, so that no change is
/// without its row in the trail.
public sealed interface Actor {

  /// How the trail and the logs name this actor, for example `user:ada` or `operator`.
  String label();

  /// A person, by session or by token. `tokenId` is null when no token was used.
  record User(long id, String name, @Nullable Long tokenId) implements Actor {
    @Override
    public String label() {
      return "user:" + name;
    }
  }

  /// Whoever runs the commands on the machine itself.
  record Operator() implements Actor {
    @Override
    public String label() {
      return "operator";
    }
  }

  /// The server itself, in a named job.
  record Job(String name) implements Actor {
    @Override
    public String label() {
      return "job:" + name;
    }
  }

  /// Nobody in particular: a registry that is open for reading was asked without a credential.
  record Anonymous() implements Actor {
    @Override
    public String label() {
      return "anonymous";
    }
  }
}
