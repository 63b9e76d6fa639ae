package dev.gatehouse.web.setup;

import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.web.page.Page;

/// The pages of the first steps. Whatever comes from outside is escaped.
final class SetupPages {
  private SetupPages() {}

  /// The form. `name` is what was typed before, `sentence` what was wrong with it, or empty.
  static Response form(int status, Workspace workspace, String name, String sentence) {
    return Page.of(
        status,
        "Become the owner",
        """
        <h1>Become the owner</h1>
        <p>%sChoose how you log in. The link of this page works once.</p>
        %s<form method="post">
        <label for="name">User name</label>
        <p class="hint" id="name-hint">Small letters, digits, dots, dashes and underscores.</p>
        <input id="name" name="name" value="%s" required maxlength="64" autocomplete="username"
          autocapitalize="none" spellcheck="false" aria-describedby="name-hint">
        <label for="password">Password</label>
        <p class="hint" id="password-hint">At least 8 characters.</p>
        <input id="password" name="password" type="password" required minlength="8" maxlength="256"
          autocomplete="new-password" aria-describedby="password-hint">
        <label for="again">The password again</label>
        <input id="again" name="again" type="password" required minlength="8" maxlength="256"
          autocomplete="new-password">
        <button type="submit">Make me the owner</button>
        </form>
        """
            .formatted(of(workspace), problem(sentence), Page.escaped(name)));
  }

  private static String of(Workspace workspace) {
    return isDefault(workspace)
        ? ""
        : "This is about the workspace <b>%s</b>. ".formatted(Page.escaped(workspace.name()));
  }

  private static boolean isDefault(Workspace workspace) {
    return workspace.name().equals(Workspace.DEFAULT);
  }

  /// The first steps of an owner who was just made. `base` is the server's URL.
  static Response done(String name, Workspace workspace, String base) {
    String place = isDefault(workspace) ? "" : "/w/" + workspace.name();
    return Page.of(
        200,
        "Welcome",
        """
        <h1>Welcome, %1$s</h1>
        <p>You own %3$s. <a href="%4$s/sign-in?name=%1$s">Sign in</a> to make registries, and to
        see what your clients need.</p>
        <p>Or log in with npm from a terminal:</p>
        <pre>npm login --registry %2$s</pre>
        <p>Then install something:</p>
        <pre>npm install express --registry %2$s</pre>
        <p>To use it in a project, put this into its <code>.npmrc</code>:</p>
        <pre>registry=%2$s</pre>
        """
            .formatted(
                Page.escaped(name),
                Page.escaped(base + place + "/r/" + Workspace.DEFAULT + "/"),
                isDefault(workspace)
                    ? "this server"
                    : "the workspace <b>%s</b>".formatted(Page.escaped(workspace.name())),
                place));
  }

  /// A link that does not work any more.
  static Response spent() {
    return Page.of(
        403,
        "This link does not work",
        """
        <h1>This link does not work</h1>
        <p class="problem" role="alert">It was used already, it is too old, or a newer one has
        replaced it.</p>
        <p>Whoever runs the server can make an owner there:</p>
        <pre>./gatehouse user add NAME --role owner --password-stdin</pre>
        """);
  }

  private static String problem(String sentence) {
    return sentence.isEmpty()
        ? ""
        : "<p class=\"problem\" role=\"alert\">" + Page.escaped(sentence) + "</p>\n";
  }
}
