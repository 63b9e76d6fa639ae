package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.DocumentState;
import dev.gatehouse.install.document.KnownDocument;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whoever has something under a name, in order, through all *here* hops: known after everybody was
/// asked and before any document is read. That is enough to tell whether an answer made earlier
/// still holds.
public final class Gathered {
  private final Registry registry;
  private final String name;
  private final Ask ask;
  private final boolean elsewhere;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<KnownDocument> inputs = new ArrayList<>();
  private final Map<String, DocumentState> answers = new HashMap<>();
  private final StringBuilder identity = new StringBuilder();
  private final StringBuilder keys = new StringBuilder();
  private List<String> stars = List.of();
  private String rules = "";
  private boolean internal;
  private boolean waited;
  private Problem.@Nullable UpstreamFailed failure;
  private Problem.@Nullable UpstreamFailed doubt;

  /// @param elsewhere whether what is hosted in `registry` itself is left out
  Gathered(Registry registry, String name, Ask ask, boolean elsewhere) {
    this.registry = registry;
    this.name = name;
    this.ask = ask;
    this.elsewhere = elsewhere;
  }

  /// Differs whenever the view does, and is the same after a restart.
  public String identity() {
    return identity.toString();
  }

  /// Differs whenever what the policies say of the versions does for another reason than time.
  public String rules() {
    return rules + keys;
  }

  /// The documents of upstreams that were looked at, those without the name too.
  public List<KnownDocument> inputs() {
    return inputs;
  }

  /// How the first source failed of which nothing is stored, or null.
  public Problem.@Nullable UpstreamFailed failure() {
    return failure;
  }

  /// Why something that is not seen here may exist nevertheless: a source failed, or a copy could
  /// not be confirmed. Null if everybody has answered.
  public Problem.@Nullable UpstreamFailed doubt() {
    return failure != null ? failure : doubt;
  }

  /// Whether an upstream was waited for.
  public boolean waited() {
    return waited;
  }

  void waited(boolean since) {
    waited |= since;
  }

  Registry registry() {
    return registry;
  }

  String name() {
    return name;
  }

  Ask ask() {
    return ask;
  }

  /// Whether the name is owned here.
  public boolean isInternal() {
    return internal;
  }

  void isInternal(boolean owned) {
    internal = owned;
  }

  void judgedBy(String identity) {
    rules = identity;
  }

  /// The keys by which the policies tell good signatures of one source.
  void checkedBy(KeyState state) {
    keys.append('\n').append(state.identity());
  }

  boolean elsewhere() {
    return elsewhere;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /// What each origin has answered in this gathering: nobody is asked twice.
  Map<String, DocumentState> answers() {
    return answers;
  }

  List<DocumentIndexes.Key> documents() {
    return pieces.stream()
        .flatMap(piece ->
            switch (piece) {
              case Piece.Foreign foreign -> List.of(foreign.key()).stream();
              case Piece.Hosted _ -> List.<DocumentIndexes.Key>of().stream();
            })
        .distinct()
        .toList();
  }

  void add(Holding holding, List<Long> through) {
    pieces.add(new Piece.Hosted(holding, through));
    mark(
        "hosted and signed %d %s %d %d"
            .formatted(
                holding.hosted().registryId(),
                holding.hosted().rev(),
                holding.stars().hashCode(),
                holding.owners().hashCode()));
  }

  void add(Place place, DocumentState.Known document, @Nullable Set<String> offered) {
    var key = new DocumentIndexes.Key(document.digest(), name);
    pieces.add(new Piece.Foreign(place, document, key, offered, failure));
    doubt = doubt == null ? document.doubt() : doubt;
    mark("%s %d".formatted(document.digest(), document.modified()));
    if (place.keys() instanceof KeyState.None) {
      mark("received");
    }
    if (offered != null) {
      mark("frozen " + new TreeSet<>(offered));
    }
  }

  /// Who likes the package in the registry that was asked.
  void like(List<String> accounts) {
    stars = accounts;
    mark("stars " + accounts.hashCode());
  }

  /// What the registry that was asked has of its own.
  PackumentView.Own own() {
    boolean hosted =
        !pieces.isEmpty()
            && pieces.getFirst() instanceof Piece.Hosted(Holding holding, _)
            && holding.hosted().registryId() == registry.id()
            && !holding.versions().isEmpty();
    return new PackumentView.Own(hosted, stars);
  }

  /// The next source failed and nothing of it is stored.
  void fail(Problem.UpstreamFailed problem) {
    failure = failure == null ? problem : failure;
  }

  private void mark(String mark) {
    identity.append(mark).append('\n');
  }
}
