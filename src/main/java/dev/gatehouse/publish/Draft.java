package dev.gatehouse.publish;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.packages.HostedPackage;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A package while it is being changed, locked, inside of one transaction.
public final class Draft {
  private static final JsonMapper JSON = new JsonMapper();

  private final Edit edit;
  private final Handle handle;
  private final long now;
  private final List<Trail.Entry> entries = new ArrayList<>();
  private HostedPackage hosted;

  Draft(Edit edit, Handle handle, HostedPackage hosted, long now) {
    this.edit = edit;
    this.handle = handle;
    this.hosted = hosted;
    this.now = now;
  }

  /// The transaction.
  public Handle handle() {
    return handle;
  }

  /// When it is, milliseconds since 1970: the same for all of the change.
  public long now() {
    return now;
  }

  /// The package's id.
  public long id() {
    return hosted.id();
  }

  /// The package with what was changed of it so far.
  public HostedPackage hosted() {
    return hosted;
  }

  /// Changes the package; written when the change is complete.
  public void hosted(HostedPackage changed) {
    hosted = changed;
  }

  /// Everything that the registry has of its own under the name, as it stands in the transaction.
  public Holding holding() {
    return Objects.requireNonNull(Packages.find(handle, hosted.registryId(), hosted.name()));
  }

  /// Notes for the trail what was done to the package, or to `part` of it (`@1.0.0` for a version).
  /// A change without a note is none.
  public void note(String action, String part, @Nullable Object details) {
    entries.add(
        new Trail.Entry(
            edit.registry().workspace().id(), action, edit.subject() + part, json(details)));
  }

  /// An empty object for the details of a note.
  public static ObjectNode details() {
    return JSON.createObjectNode();
  }

  List<Trail.Entry> entries() {
    return entries;
  }

  private static String json(@Nullable Object details) {
    return details == null ? "" : JSON.valueToTree(details).toString();
  }
}
