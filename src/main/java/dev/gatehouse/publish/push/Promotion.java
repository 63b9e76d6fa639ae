package dev.gatehouse.publish.push;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.judge.Refusals;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.packages.Packages.Owner;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Attending;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Pushes that people ask for. A push itself is nobody's whose rights would limit it, so they are
/// limited before: what they push is served to them, and where it arrives they might publish it.
public record Promotion(
    Pusher pusher, Views views, Packages packages, Registries registries, Attending attending) {

  /// Carries `push` out for `by`, whose second factor is shown by `code` where one is wanted.
  public Push.Pushed push(Identity by, Push push, @Nullable String code) throws IOException {
    var edit = new Edit(by, push.from(), push.name());
    edit.require(Right.PUBLISH);
    requireServed(push);
    Edit there = edit;
    if (push.to().source() instanceof Upstream.Here(long id)) {
      Registry target = registries.directory().byId(id);
      if (target != null) {
        there = new Edit(by, target, push.name());
        there.require(Right.PUBLISH);
        there.requireNotArchived();
        requireOwner(there);
      }
    }
    // One code is shown once, so it is asked for once.
    attending.require(attending.isNeeded(there) ? there : edit, code);
    return pusher.push(push);
  }

  private void requireServed(Push push) {
    String name = push.name().value();
    Ruling ruling =
        switch (views.find(push.from(), name, Ask.USUAL)) {
          case Found.Versions found -> {
            Selected version = found.all().candidate(push.version());
            yield version == null ? null : found.ruling(version);
          }
          case Found.Nothing _ -> null;
          case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
        };
    if (ruling != null && !ruling.isServed()) {
      throw new ProblemException(Refusals.of(push.from().path(), name, push.version(), ruling));
    }
  }

  private void requireOwner(Edit there) {
    if (!there.registry().settings().ownersOnly() || there.may(Right.MANAGE_REGISTRIES)) {
      return;
    }
    Holding holding = packages.find(there.registry().id(), there.name().value());
    if (holding != null
        && !holding.owners().isEmpty()
        && holding.owners().stream().map(Owner::account).noneMatch(there.account()::equals)) {
      throw new ProblemException(
          new Problem.Forbidden(
              "Only its owners may publish %s in the registry \"%s\": ask one of them."
                  .formatted(there.name(), there.registry().name())));
    }
  }
}
