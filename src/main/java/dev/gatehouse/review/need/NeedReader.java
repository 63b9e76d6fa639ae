package dev.gatehouse.review.need;

import dev.gatehouse.db.Periodic;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Dependency;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.need.Needs;
import dev.gatehouse.packages.need.Needs.Read;
import dev.gatehouse.packages.need.Needs.Unread;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Reads what stored versions need behind whatever brought them, from documents that are stored,
/// too: nobody outside is asked. After an upgrade there may be hundreds of thousands, so it goes on
/// for a moment at a time; several servers may read the same, which does no harm.
public final class NeedReader implements AutoCloseable {
  private static final Duration REST = Duration.ofSeconds(2);
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final int AT_ONCE = 100;

  private final Registries registries;
  private final Views views;
  private final Needs needs;
  private final ReentrantLock turn = new ReentrantLock();
  private final Periodic reading;

  /// Reads through `views` into `needs` until it is closed.
  public NeedReader(Registries registries, Views views, Needs needs) {
    this.registries = registries;
    this.views = views;
    this.needs = needs;
    this.reading = Periodic.start("needs", REST, this::readOn);
  }

  /// Reads on for a moment, at least some of what is to be read.
  public void readOn() {
    turn.lock();
    try {
      long start = System.nanoTime();
      List<Unread> next = needs.unread(AT_ONCE);
      while (!next.isEmpty()) {
        needs.save(read(next));
        boolean goOn = System.nanoTime() - start < MOMENT.toNanos();
        next = goOn ? needs.unread(AT_ONCE) : List.of();
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    reading.close();
  }

  private record Place(long registryId, String name) {}

  private List<Read> read(List<Unread> unread) {
    Map<Place, List<Unread>> places = new LinkedHashMap<>();
    unread.forEach(one ->
        places
            .computeIfAbsent(new Place(one.registryId(), one.name()), _ -> new ArrayList<>())
            .add(one));
    List<Read> all = new ArrayList<>();
    places.forEach((place, versions) -> all.addAll(read(place, versions)));
    return all;
  }

  private List<Read> read(Place place, List<Unread> versions) {
    Registry registry = registries.directory().byId(place.registryId());
    if (registry == null) {
      return versions.stream().map(one -> new Read(one, List.of())).toList();
    }
    return views.open(
        views.gather(registry, place.name(), Ask.STORED),
        found -> versions.stream().map(one -> new Read(one, needs(found, one))).toList());
  }

  private static List<Dependency> needs(Found found, Unread version) {
    Selected selected =
        found instanceof Found.Versions versions
            ? versions.all().candidate(version.version())
            : null;
    return selected == null ? List.of() : Dependency.of(selected.source().json(selected.row()));
  }
}
