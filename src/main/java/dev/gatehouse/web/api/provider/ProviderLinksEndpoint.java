package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.provider.ProviderLinks;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `provider/links` and `users/{user}/provider`: whose account is whose at the provider. For those
/// who manage accounts.
public record ProviderLinksEndpoint(Visitors visitors, Access access, SingleSignOn signOn) {

  /// A link.
  ///
  /// @param subject what the provider calls them, which never changes there
  /// @param seen when they last signed in by it; null: they have not yet
  record LinkView(
      String user, String issuer, String subject, @Nullable String created, @Nullable String seen) {
    static LinkView of(ProviderLinks.Link link) {
      return new LinkView(
          link.user(),
          link.issuer(),
          link.subject(),
          Answer.text(link.created()),
          Answer.text(link.seen()));
    }
  }

  /// `GET provider/links`, by user.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    List<LinkView> links =
        signOn.links().list(visitor.workspace().id()).stream().map(LinkView::of).toList();
    return Answer.of(
        200, Page.of(links, Page.Wanted.of(request), LinkView::user, Comparator.naturalOrder()));
  }

  /// `PUT users/{user}/provider`.
  public Response set(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = ApiBody.read(request, "subject");
    Account account = named(visitor, request);
    signOn
        .links()
        .set(
            visitor.actor(),
            account,
            signOn.providers().require(visitor.workspace().id()),
            body.requireText("subject"));
    return Answer.done();
  }

  /// `DELETE users/{user}/provider`.
  public Response remove(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    signOn.links().remove(visitor.actor(), named(visitor, request));
    return Answer.done();
  }

  private Account named(Visitor visitor, Request request) {
    return access.accounts().require(visitor.workspace().id(), request.variable("user"));
  }
}
