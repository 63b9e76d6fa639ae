package dev.gatehouse.web.api.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.web.api.trouble.Said.Named;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What real clients print, against a server of this kind: npm 11 and 12, yarn 1.22 and 4, pnpm 12,
/// bun 1.4.
final class ClientErrorsTest {
  private static final String BASE = "http://127.0.0.1:5141/r/default/";

  /// A text, what is said of it, and which packages it names.
  record Case(String client, String text, List<String> says, List<String> named) {
    @Override
    public String toString() {
      return client;
    }
  }

  @SuppressWarnings("unused") // Named by the test.
  static final List<Case> CASES =
      Stream.of(npm(), yarn(), pnpmAndBun()).flatMap(List::stream).toList();

  private static Case of(String client, String text, String says, String... named) {
    return new Case(client, text, Arrays.asList(says.split("\\|")), List.of(named));
  }

  private static List<Case> npm() {
    return List.of(
        of(
            "npm 11 with a wrong token",
            """
            npm error code E401
            npm error Unable to authenticate, your authentication token seems to be invalid.
            npm error To correct this please try logging in again with:
            npm error   npm login
            """,
            "The token was refused, or none was sent"),
        of(
            "npm 11 publishes without a token",
            """
            npm error code ENEEDAUTH
            npm error need auth This command requires you to be logged in to http://127.0.0.1:5141/r/default/
            npm error need auth You need to authorize this machine using `npm adduser`
            """,
            "sent no token"),
        of(
            "npm 11 asks for what is not there",
            """
            npm error code E404
            npm error 404 Not Found - GET http://127.0.0.1:5141/r/default/no-such-package-xyzzy-000 - There is no package no-such-package-xyzzy-000 in the registry "default".
            npm error 404
            npm error 404  The requested resource 'no-such-package-xyzzy-000@*' could not be found or you do not have permission to access it.
            """,
            "No source of the registry has that package",
            "no-such-package-xyzzy-000"),
        of(
            "npm 11 has the wrong registry",
            "npm error code E404\n"
                + "npm error 404 Not Found - GET http://127.0.0.1:5141/r/nope/left-pad - There is"
                + " no registry \"nope\" in the workspace \"default\": check the URL.\n",
            "names a registry that is not there"),
        of(
            "npm 11 has the wrong path",
            "npm error code E404\n"
                + "npm error 404 Not Found - GET http://127.0.0.1:5141/team/left-pad - There is"
                + " nothing at this address. Check the URL.\n",
            "leads to no registry"),
        of(
            "npm 11 finds no version",
            """
            npm error code ETARGET
            npm error notarget No matching version found for left-pad@99.
            npm error notarget In most cases you or one of your dependencies are requesting a package version that doesn't exist.
            """,
            "No version that is served fits",
            "left-pad 99"),
        of(
            "npm 11 meets what is withheld",
            """
            npm error code E403
            npm error 403 Could not download left-pad@1.3.0 due to policy violations:
            npm error 403 1.3.0: left-pad@1.3.0 was quarantined here by a person: Looks odd (policy decision). It waits for a person's decision. http://127.0.0.1:5141/r/default/-/why/left-pad@1.3.0
            npm error 403 In most cases, you or one of your dependencies are requesting a package version that is forbidden by your security policy, or on a server you do not have access to.
            """,
            "A policy of the registry, or a person, withholds",
            "left-pad 1.3.0"),
        of(
            "npm 11 with a token for another registry",
            "npm error code E403\n"
                + "npm error 403 403 Forbidden - GET http://127.0.0.1:5141/r/team/left-pad - This"
                + " token is limited to other registries: use one for this registry, or log in"
                + " here.\n",
            "good for another registry only"),
        of(
            "npm 11 with a token for other packages",
            "npm error code E403\n"
                + "npm error 403 403 Forbidden - PUT http://127.0.0.1:5141/r/team/@acme%2fother -"
                + " This token changes some packages only, and @acme/other is none of them: use one"
                + " that may.\n",
            "publishes some packages only"),
        of(
            "npm 11 publishes what is there",
            "npm error You cannot publish over the previously published versions: 1.0.0.\n",
            "published already"),
        of(
            "npm 11 publishes what is there by force",
            "npm error code E409\n"
                + "npm error 409 Conflict - PUT http://127.0.0.1:5141/r/default/@acme%2fw - Version"
                + " 1.1.0 of @acme/w is published here already, and a version never changes:"
                + " publish it under a new number.\n",
            "published already"),
        of(
            "npm 12 with a key of no address",
            "npm error code ERR_INVALID_AUTH\n"
                + "npm error Invalid auth configuration found: `_authToken` must be renamed to"
                + " `//127.0.0.1:5141/r/default/:_authToken` in project config\n",
            "npm 12 refuses credentials"),
        of(
            "npm 12 with a lockfile from elsewhere",
            "npm error code EALLOWREMOTE\n"
                + "npm error Fetching packages of type \"remote\" have been disabled\n"
                + "npm error Refusing to fetch"
                + " \"left-pad@http://localhost:5141/r/default/left-pad/-/left-pad-1.2.0.tgz\"\n",
            "names tarballs at another address",
            "left-pad 1.2.0"),
        of(
            "npm 12 gets other bytes",
            "npm error code EINTEGRITY\n"
                + "npm error Integrity checksum failed when using sha512: wanted sha512-AAAA== but"
                + " got sha512-OQad==.\n",
            "The bytes differ"),
        of(
            "npm 11 asks for a code",
            "npm error code EOTP\n"
                + "npm error This operation requires a one-time password from your"
                + " authenticator.\n",
            "A second factor is asked for"),
        of(
            "npm 11 reaches nobody",
            "npm error code ECONNREFUSED\n"
                + "npm error FetchError: request to http://127.0.0.1:5149/r/default/left-pad"
                + " failed, reason: connect ECONNREFUSED 127.0.0.1:5149\n",
            "does not reach the address"),
        of(
            "npm 11 speaks https to http",
            "npm error code ERR_SSL_WRONG_VERSION_NUMBER\n"
                + "npm error request to https://127.0.0.1:5141/r/default/left-pad failed, reason:"
                + " 805C:error:0A00010B:SSL routines:ssl3_get_record:wrong version number\n",
            "speaks https to a port that speaks http"));
  }

  private static List<Case> yarn() {
    return List.of(
        of(
            "yarn classic without always-auth",
            """
            [1/4] Resolving packages...
            error Error: http://127.0.0.1:5141/r/default/left-pad: This registry asks for a token: log in with your client, for npm by `npm login --registry` and the registry's URL.
                at params.callback [as _callback] (/usr/lib/node_modules/yarn/lib/cli.js:66680:18)
            """,
            "sent no token"),
        of(
            "yarn classic asks for what is not there",
            "error Error: http://127.0.0.1:5141/r/default/no-such-package: There is no package"
                + " no-such-package in the registry \"default\".\n",
            "",
            "no-such-package"),
        of(
            "yarn classic finds no version",
            "error Couldn't find any versions for \"left-pad\" that matches \"1.3.0\"\n",
            "No version that is served fits",
            "left-pad 1.3.0"),
        of(
            "yarn 4 without a token",
            """
            ➤ YN0000: ┌ Resolution step
            ➤ YN0041: │ left-pad@npm:1.2.0: Invalid authentication (as an anonymous user)
            """,
            "sent no token",
            "left-pad 1.2.0"),
        of(
            "yarn 4 asks for what is not there",
            """
            ➤ YN0027: no-such-package-xyzzy-000@unknown can't be resolved to a satisfying range
            ➤ YN0035: Package not found
            ➤ YN0035:   Response Code: 404 (Not Found)
            ➤ YN0035:   Request Method: GET
            ➤ YN0035:   Request URL: http://127.0.0.1:5141/r/default/no-such-package-xyzzy-000
            """,
            "No source of the registry has that package",
            "no-such-package-xyzzy-000"),
        of(
            "yarn 4 finds no version",
            "➤ YN0000: ┌ Resolution step\n➤ YN0082: │ left-pad@npm:1.3.0: No candidates found\n",
            "No version that is served fits",
            "left-pad 1.3.0"),
        of(
            "yarn 4 misses a variable",
            "\u001b[31m\u001b[1mUsage Error\u001b[22m\u001b[39m: Environment variable not found"
                + " (NPM_TOKEN) in /home/dora/.yarnrc.yml\n",
            "name a variable of the environment"),
        of(
            "yarn 4 refuses http",
            "➤ YN0081: Unsafe http requests must be explicitly whitelisted in your configuration"
                + " (127.0.0.1)\n",
            "refuses addresses that begin with http"));
  }

  private static List<Case> pnpmAndBun() {
    return List.of(
        of(
            "pnpm 12 without a token",
            """
            Error: ERR_PNPM_RESOLVING_NPM_RESOLVER_NETWORK_ERROR
              × adding a new package
              ╰─▶ Failed to fetch metadata from http://127.0.0.1:5141/r/default/left-pad:
                  HTTP status client error (401 Unauthorized)
            """,
            "The token was refused, or none was sent"),
        of(
            "pnpm 12 finds no version, on broken lines",
            """
            Error: ERR_PNPM_NO_MATCHING_VERSION
              × adding a new package
              ├─▶ Failed to resolve dependency tree: No matching version found for left-
              │   pad@1.3.0 while fetching it from http://127.0.0.1:5141/r/default/
            """,
            "No version that is served fits",
            "left-pad 1.3.0"),
        of(
            "pnpm 12 with a wrong token, on broken lines",
            "Error: ERR_PNPM_TARBALL_SIBLING_FETCH_FAILED\n"
                + "  ╰─▶ Tarball server returned HTTP 401 for"
                + " http://127.0.0.1:5141/r/default/left-\n"
                + "      pad/-/left-pad-1.2.0.tgz\n",
            "The token was refused, or none was sent",
            "left-pad 1.2.0"),
        of(
            "bun without a token",
            "error: GET http://127.0.0.1:5141/r/default/left-pad - 401\n",
            "The token was refused, or none was sent"),
        of(
            "bun asks for what is not there",
            "error: GET http://127.0.0.1:5141/r/default/no-such-package - 404\n",
            "No source of the registry has that package"),
        of(
            "bun finds no version",
            "error: No version matching \"1.3.0\" found for specifier \"left-pad\" (but package"
                + " exists)\n"
                + "error: left-pad@1.3.0 failed to resolve\n",
            "No version that is served fits",
            "left-pad 1.3.0"));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("CASES")
  void saysWhatAClientMeans(Case one) {
    List<Finding> found = ClientErrors.look(one.text());
    if (one.says().getFirst().isEmpty()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).as(found.toString()).hasSameSizeAs(one.says());
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).says()).contains(one.says().get(i));
        assertThat(found.get(i).cure()).isNotBlank();
      }
    }
    List<String> named =
        Said.in(one.text()).packages().stream().map(ClientErrorsTest::text).toList();
    assertThat(named).isEqualTo(one.named());
  }

  private static String text(Named named) {
    return named.range() == null ? named.name() : named.name() + " " + named.range();
  }

  @Test
  void seesWhichAddressesWereAsked() {
    assertThat(Said.in("error: GET " + BASE + "left-pad - 401").addresses())
        .containsExactly(BASE + "left-pad");
    assertThat(Said.in("See https://nodejs.org/ for more").addresses()).isEmpty();
    String many = ("GET " + BASE + "a%s \n").repeat(50).formatted((Object[]) numbers(50));
    assertThat(Said.in(many).addresses()).hasSize(10);
  }

  private static String[] numbers(int count) {
    String[] numbers = new String[count];
    Arrays.setAll(numbers, Integer::toString);
    return numbers;
  }

  @Test
  void looksUpAFewPackagesOnly() {
    var text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("No matching version found for p").append(i).append("@1.0.0\n");
    }
    assertThat(Said.in(text.toString()).packages()).hasSize(Said.MOST);
  }

  @Test
  void isNotHeldUpByWhatIsLongAndStrange() {
    for (String odd :
        List.of("@", "a", "-\n", "a@", "@a/", "│", "\u001b[", "/r/a/", "\"", "GET http://")) {
      String text = odd.repeat(64_000 / odd.length());
      assertThat(Said.in(text).packages()).isEmpty();
      assertThat(ClientErrors.look(text)).isEmpty();
    }
  }
}
