package dev.gatehouse.notify.hook;

import dev.gatehouse.notify.form.Form;
import java.time.Instant;

/// Somebody outside who is told what happens in a workspace.
///
/// @param workspace its name
/// @param origin scheme, host and port of the address, which is all that is shown of it
/// @param active false once its receiver has said that it is gone, or somebody has switched it off
public record Webhook(
    long id,
    long workspaceId,
    String workspace,
    String name,
    String origin,
    Form form,
    Choice choice,
    boolean active,
    Made made) {

  /// When it was made, and by whom.
  public record Made(Instant at, String by) {}
}
