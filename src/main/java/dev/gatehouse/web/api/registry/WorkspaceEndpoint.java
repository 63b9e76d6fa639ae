package dev.gatehouse.web.api.registry;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// `GET workspace`: what there is in it, as counts.
public record WorkspaceEndpoint(Visitors visitors, Registries registries, Access access) {

  /// The workspace in short.
  ///
  /// @param archived of `registries`, how many are archived
  /// @param users accounts that are active
  /// @param publicRegistry where public packages come from; null if that is not known
  record Summary(
      String name, long registries, long archived, long users, @Nullable String publicRegistry) {}

  /// The summary.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    long id = visitor.workspace().id();
    var all =
        registries.directory().all().stream().filter(one -> one.workspace().id() == id).toList();
    URI url = registries.publicRegistry();
    return Answer.of(
        200,
        new Summary(
            visitor.workspace().name(),
            all.size(),
            all.stream().filter(one -> one.settings().archived()).count(),
            access.accounts().list(id).stream().filter(Account::active).count(),
            url == null ? null : url.toString()));
  }
}
