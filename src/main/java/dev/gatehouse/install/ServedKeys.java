package dev.gatehouse.install;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.install.signature.UpstreamKeys;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.npm.signature.RegistryKey;
import dev.gatehouse.npm.signature.RegistryKeys;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.signing.SigningKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The keys that clients need for whatever a registry serves: ours, and those of all upstreams that
/// it draws from, also through registries *here*. Of two with one name the first counts, so that no
/// upstream's key stands in for ours.
public final class ServedKeys {
  private final SigningKeys own;
  private final UpstreamKeys upstreams;
  private final Origins origins;
  private final Supplier<Directory> directory;

  /// Ours are `own`; upstreams are asked by their `origins`.
  public ServedKeys(
      SigningKeys own, UpstreamKeys upstreams, Origins origins, Supplier<Directory> directory) {
    this.own = own;
    this.upstreams = upstreams;
    this.origins = origins;
    this.directory = directory;
  }

  /// All of them. An upstream of which nobody knows whether it has keys is a problem: without them
  /// clients would take its good signatures for bad ones.
  public RegistryKeys of(Registry registry, Ask ask) {
    List<RegistryKey> keys = new ArrayList<>(own.published());
    for (KeyState state : ask(registry, ask)) {
      switch (state) {
        case KeyState.Known known -> keys.addAll(known.keys().all());
        case KeyState.None _ -> {}
        case KeyState.Unknown(var problem) -> {
          if (problem != null) {
            throw new ProblemException(problem);
          }
        }
      }
    }
    return new RegistryKeys(keys);
  }

  /// Brings what is known of all upstreams' keys up to date, as far as they answer.
  public void refresh(Registry registry, Ask ask) {
    var _ = ask(registry, ask);
  }

  private List<KeyState> ask(Registry registry, Ask ask) {
    List<KeyState> states = new ArrayList<>();
    collect(registry, ask, states, new HashSet<>());
    return states;
  }

  /// A frozen registry, and whatever it draws from, asks nobody.
  private void collect(Registry registry, Ask ask, List<KeyState> states, Set<Long> visited) {
    if (!visited.add(registry.id())) {
      return;
    }
    Ask asked = registry.settings().archived() ? Ask.STORED : ask;
    for (Upstream upstream : registry.upstreams()) {
      Origin origin = origins.of(upstream);
      if (upstream.source() instanceof Upstream.Here(long target)) {
        Registry other = directory.get().byId(target);
        if (other != null && other.workspace().id() == registry.workspace().id()) {
          collect(other, asked, states, visited);
        }
      } else if (origin != null) {
        states.add(asked.storedOnly() ? upstreams.stored(origin) : upstreams.of(origin, asked));
      }
    }
  }
}
