package dev.gatehouse.app.wiring;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Router;
import dev.gatehouse.install.ledger.WithheldLately;
import dev.gatehouse.issues.IssueSearch;
import dev.gatehouse.issues.Issues;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.packages.licence.LicenceClaims;
import dev.gatehouse.policy.store.LicencePolicies;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.policy.store.VersionDecisions;
import dev.gatehouse.policy.store.Waivers;
import dev.gatehouse.registries.Cloner;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.review.licence.LicenceReader;
import dev.gatehouse.review.need.NeedReader;
import dev.gatehouse.review.trail.TrailSearch;
import dev.gatehouse.web.SecondLook;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.OpenApiEndpoint;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.advisory.AdvisoriesEndpoint;
import dev.gatehouse.web.api.edit.InTurn;
import dev.gatehouse.web.api.issue.IssuesEndpoint;
import dev.gatehouse.web.api.licence.LicencesEndpoint;
import dev.gatehouse.web.api.once.Attempts;
import dev.gatehouse.web.api.people.ForgottenPasswords;
import dev.gatehouse.web.api.people.InvitationsEndpoint;
import dev.gatehouse.web.api.people.JoinRequestsEndpoint;
import dev.gatehouse.web.api.people.PasswordLinksEndpoint;
import dev.gatehouse.web.api.people.TokensEndpoint;
import dev.gatehouse.web.api.people.UsersEndpoint;
import dev.gatehouse.web.api.people.WorkspaceSettingsEndpoint;
import dev.gatehouse.web.api.policy.DecisionsEndpoint;
import dev.gatehouse.web.api.policy.DryRunEndpoint;
import dev.gatehouse.web.api.policy.LedgerEndpoint;
import dev.gatehouse.web.api.policy.LicencePoliciesEndpoint;
import dev.gatehouse.web.api.policy.PoliciesEndpoint;
import dev.gatehouse.web.api.policy.WaiversEndpoint;
import dev.gatehouse.web.api.registry.RegistriesEndpoint;
import dev.gatehouse.web.api.registry.UpstreamsEndpoint;
import dev.gatehouse.web.api.registry.WorkspaceEndpoint;
import dev.gatehouse.web.api.session.ClientLoginEndpoint;
import dev.gatehouse.web.api.session.ConfirmationEndpoint;
import dev.gatehouse.web.api.session.SecondFactorEndpoint;
import dev.gatehouse.web.api.session.SessionEndpoint;
import dev.gatehouse.web.api.trail.AuditEndpoint;
import dev.gatehouse.web.api.trail.RunningExports;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The table of all operations below `/api/v1`. A test holds it against the API's document.
public final class ApiRoutes {
  private static final String REGISTRY = "registries/{registry}";
  private static final int ASKED_PER_HOUR = 5;

  private final List<ApiRoute> routes = new ArrayList<>();
  private final Parts parts;
  private final Visitors visitors;

  /// What the API works on.
  public record Parts(
      Database database,
      Changes changes,
      Access access,
      Registries registries,
      Upstreams upstreams,
      Policies policies,
      Advisories advisories,
      Reading reading,
      NeedReader needs,
      Clock clock,
      Messaging messaging,
      ForgottenPasswords forgotten,
      GlanceRoutes.About about,
      Writing writing,
      SingleSignOn signOn) {}

  private ApiRoutes(Parts parts) {
    this.parts = parts;
    this.visitors =
        new Visitors(
            parts.access,
            parts.registries,
            new Workspaces(parts.database),
            new SecondLook(parts.changes));
  }

  /// All operations over `parts`.
  public static List<ApiRoute> of(Parts parts) {
    var table = new ApiRoutes(parts);
    table.people();
    table.joining();
    table.routes.addAll(ProviderRoutes.of(parts, table.visitors));
    table.routes.addAll(RightsRoutes.of(parts, table.visitors));
    table.registries();
    table.policies();
    table.licences();
    table.routes.addAll(PackageRoutes.of(parts, table.visitors));
    table.routes.addAll(TellingRoutes.of(parts, table.visitors));
    table.routes.addAll(GlanceRoutes.of(parts, table.visitors));
    table.routes.addAll(CareRoutes.of(parts, table.visitors));
    table.issues();
    var inTurn = new InTurn(table.visitors, parts.database.edits(), parts.changes);
    return OnceRoutes.over(
        inTurn.over(table.routes), table.visitors, new Attempts(parts.database, parts.clock));
  }

  /// A router that leads to `routes`.
  public static Router router(List<ApiRoute> routes) {
    var router = new Router();
    routes.forEach(one -> router.route(one.method(), one.pattern(), one.handler()));
    return router;
  }

  private void people() {
    var session = new SessionEndpoint(visitors, parts.access, new Workspaces(parts.database));
    var users = new UsersEndpoint(visitors, parts.access);
    var tokens = new TokensEndpoint(visitors, parts.access, parts.registries);
    add("GET", "openapi.json", new OpenApiEndpoint());
    add("POST", "session", session::open);
    add("DELETE", "session", session::end);
    add("DELETE", "sessions", session::endAll);
    add("POST", "session/password", session::drawPassword);
    add("GET", "session/workspaces", session::held);
    add("DELETE", "session/workspaces", session::endHeld);
    var logins = new ClientLoginEndpoint(visitors, parts.access);
    add("GET", "client-logins/{secret}", logins::show);
    add("POST", "client-logins/{secret}", logins::decide);
    var confirmations = new ConfirmationEndpoint(visitors, parts.access, parts.registries);
    add("GET", "confirmations/{secret}", confirmations::show);
    add("POST", "confirmations/{secret}", confirmations::decide);
    add("GET", "me", session::me);
    var factor = new SecondFactorEndpoint(visitors, parts.access);
    add("GET", "me/second-factor", factor::show);
    add("POST", "me/second-factor", factor::start);
    add("PUT", "me/second-factor", factor::confirm);
    add("POST", "me/second-factor/recovery-codes", factor::redraw);
    add("POST", "me/second-factor/end", factor::end);
    add("DELETE", "users/{user}/second-factor", factor::reset);
    add("PUT", "me/password", users::changeOwnPassword);
    add("PUT", "me/email", users::changeOwnEmail);
    add("GET", "tokens", tokens::list);
    add("POST", "tokens", tokens::create);
    add("DELETE", "tokens/{token}", tokens::revoke);
    add("GET", "users", users::list);
    add("POST", "users", users::create);
    add("GET", "users/{user}", users::show);
    add("PATCH", "users/{user}", users::change);
  }

  private void joining() {
    var workspaces = new Workspaces(parts.database);
    LinkMails mails = parts.messaging.links();
    var invitations = new InvitationsEndpoint(visitors, parts.access, workspaces, mails);
    add("GET", "invitations", invitations::list);
    add("POST", "invitations", invitations::create);
    add("DELETE", "invitations/{invitation}", invitations::revoke);
    add("GET", "invited/{secret}", invitations::show);
    add("POST", "invited/{secret}", invitations::accept);
    var requests =
        new JoinRequestsEndpoint(
            visitors,
            parts.access,
            workspaces,
            mails,
            new Allowance(parts.clock, ASKED_PER_HOUR, Duration.ofHours(1)));
    add("GET", "join-requests", requests::list);
    add("POST", "join-requests", requests::ask);
    add("POST", "join-requests/{request}", requests::approve);
    add("DELETE", "join-requests/{request}", requests::refuse);
    var settings = new WorkspaceSettingsEndpoint(visitors, parts.access, workspaces, mails);
    add("GET", "workspace/settings", settings::show);
    add("PATCH", "workspace/settings", settings::change);
    add("GET", "sign-in", settings::signIn);
    var links = new PasswordLinksEndpoint(visitors, parts.access, workspaces, parts.forgotten);
    add("POST", "forgotten", links::forgotten);
    add("POST", "users/{user}/password-link", links::make);
    add("GET", "password-links/{secret}", links::show);
    add("POST", "password-links/{secret}", links::use);
  }

  private void registries() {
    var cloner =
        new Cloner(
            parts.database,
            parts.registries,
            new Trail(parts.clock),
            List.of(parts.access.accounts()::reload, parts.policies::reload));
    var registries = new RegistriesEndpoint(visitors, parts.registries, parts.upstreams, cloner);
    var upstreams = new UpstreamsEndpoint(visitors, parts.registries, parts.upstreams);
    add("GET", "workspace", new WorkspaceEndpoint(visitors, parts.registries, parts.access)::show);
    add("GET", "registries", registries::list);
    add("POST", "registries", registries::create);
    add("GET", REGISTRY, registries::show);
    add("PATCH", REGISTRY, registries::change);
    add("DELETE", REGISTRY, registries::delete);
    add("GET", "upstreams", upstreams::all);
    add("GET", REGISTRY + "/upstreams", upstreams::list);
    add("POST", REGISTRY + "/upstreams", upstreams::add);
    add("PATCH", REGISTRY + "/upstreams/{upstream}", upstreams::move);
    add("DELETE", REGISTRY + "/upstreams/{upstream}", upstreams::remove);
  }

  private void policies() {
    var policies = new PoliciesEndpoint(visitors, parts.policies);
    var kept =
        new DecisionsEndpoint.Kept(
            new Packages(parts.database), new CachedTarballs(parts.database));
    var decisions = new DecisionsEndpoint(visitors, new VersionDecisions(parts.policies), kept);
    var ledger =
        new LedgerEndpoint(
            visitors, parts.reading.ledgers(), new WithheldLately(parts.database), parts.clock);
    var waivers = new WaiversEndpoint(visitors, new Waivers(parts.policies));
    add("GET", REGISTRY + "/policies", policies::list);
    add("GET", REGISTRY + "/policies/{policy}", policies::show);
    add("PUT", REGISTRY + "/policies/{policy}", policies::set);
    add("DELETE", REGISTRY + "/policies/{policy}", policies::inherit);
    var dryRun =
        new DryRunEndpoint(
            visitors,
            new DryRunEndpoint.Parts(
                parts.policies,
                parts.reading.dryRun(),
                new Downloads(parts.database),
                parts.clock));
    add("POST", REGISTRY + "/policies/{policy}/dryrun", dryRun::run);
    add("GET", REGISTRY + "/withheld", ledger::lately);
    add("GET", REGISTRY + "/withheld/{name}", ledger::show);
    add("GET", REGISTRY + "/decisions", decisions::list);
    add("POST", REGISTRY + "/decisions", decisions::decide);
    add("GET", REGISTRY + "/waivers", waivers::list);
    add("POST", REGISTRY + "/waivers", waivers::ask);
    add("PATCH", REGISTRY + "/waivers/{waiver}", waivers::decide);
  }

  private void licences() {
    var licences = new LicencePoliciesEndpoint(visitors, new LicencePolicies(parts.policies));
    add("GET", "licence-policies", licences::list);
    add("GET", "licence-policies/{licences}", licences::show);
    add("PUT", "licence-policies/{licences}", licences::set);
    add("DELETE", "licence-policies/{licences}", licences::delete);
    var claims = new LicenceClaims(parts.database);
    var used =
        new LicencesEndpoint(
            visitors,
            parts.registries,
            claims,
            new LicenceReader(parts.registries, parts.reading.views(), claims));
    add("GET", "licences", used::list);
    add("GET", "licences/packages", used::packages);
  }

  private void issues() {
    var issues =
        new IssuesEndpoint(
            visitors,
            new IssuesEndpoint.Parts(
                new Issues(parts.database, new Trail(parts.clock)),
                new IssueSearch(parts.database),
                new Downloads(parts.database),
                parts.access));
    add("GET", "issues", issues::list);
    add("GET", "issues/{issue}", issues::show);
    add("PATCH", "issues/{issue}", issues::change);
    add("POST", "issues/{issue}/comments", issues::comment);
    var advisories =
        new AdvisoriesEndpoint(visitors, parts.advisories, new KeptVersions(parts.database));
    add("GET", "advisories", advisories::list);
    var audit = new AuditEndpoint(visitors, new TrailSearch(parts.database), new RunningExports());
    add("GET", "audit", audit::list);
    add("GET", "audit/export", audit::export);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
