package dev.gatehouse.publish.pull;

import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.registries.Registry;
import java.util.Collection;
import java.util.function.Consumer;

/// Brings versions into the store before anyone asks for them, as if a client had. What is there
/// already is left alone, so that a pull which was cut short is simply run again.
public final class Puller {
  private final Views views;
  private final Tarballs tarballs;

  /// Chooses by what `views` show and brings in through `tarballs`.
  public Puller(Views views, Tarballs tarballs) {
    this.views = views;
    this.tarballs = tarballs;
  }

  /// What is wanted in which registry, and whether everything that it depends on is wanted too: for
  /// every platform, with what is optional, and with the peers that are not.
  public record Order(Registry registry, Collection<Wish> wishes, boolean dependencies) {}

  /// Carries `order` out. `progress` is called after every step, by one thread at a time.
  public Pulled pull(Order order, Consumer<Pulled.Tally> progress) throws InterruptedException {
    return new PullRun(views, tarballs, order, new Progress(progress)).run();
  }
}
