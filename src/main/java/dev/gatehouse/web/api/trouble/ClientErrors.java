package dev.gatehouse.web.api.trouble;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What clients say when something fails, what that means here, and what helps. Of each kind the
/// closest is told: a code alone says less than the sentence beside it.
final class ClientErrors {
  private static final String PASTE =
      "Paste the client's settings (.npmrc, .yarnrc.yml) here to see.";

  private static final List<Known> KNOWN =
      List.of(
          known(
              "form",
              "ERR_INVALID_AUTH|Invalid auth configuration",
              "npm 12 refuses credentials in an .npmrc that name no address.",
              "Run npm config fix, or begin the line with the registry's address,"
                  + " //host/path/:_authToken=…"),
          known(
              "variable",
              "Environment variable not found|Failed to replace env in config|variable that was not"
                  + " replaced",
              "The settings name a variable of the environment that is not set where the client"
                  + " runs.",
              "Set it there: in a CI, as a secret of the job."),
          known(
              "401",
              "need auth|ENEEDAUTH|asks for a token|as an anonymous user",
              "The client sent no token.",
              "The line's key must be the registry's address, path and last slash included; yarn"
                  + " classic needs always-auth=true besides, yarn berry npmAlwaysAuth: true. "
                  + PASTE),
          known(
              "401",
              "The token expired on",
              "The token has ended.",
              "Log in again, or make a new one under Tokens."),
          known(
              "401",
              "is deactivated",
              "The account of the token is deactivated.",
              "Ask an owner of the workspace."),
          known(
              "otp",
              "EOTP|one-time pass",
              "A second factor is asked for.",
              "Add --otp and the code that your app shows. Machines need a token for a machine:"
                  + " Tokens."),
          known(
              "401",
              "E401|YN0041|\\b401\\b|Unauthorized|authentication token seems to be invalid|token is"
                  + " not valid",
              "The token was refused, or none was sent: npm says the same of both. It may be"
                  + " revoked, have ended, or stand under another address than the registry's.",
              PASTE),
          known(
              "403",
              "due to policy violations|is withheld here|was quarantined here",
              "A policy of the registry, or a person, withholds that version.",
              "Open the link in the message. Install another version, or ask for an exception under"
                  + " the registry's tab Withheld."),
          known(
              "403",
              "limited to other registries",
              "The token is good for another registry only, as those from a login are.",
              "Log in at this one, or make a token for more under Tokens."),
          known(
              "403",
              "token changes some packages only",
              "The token publishes some packages only, and this is none of them.",
              "Use one that may, or make one for this package under Tokens."),
          known(
              "403",
              "limited to other addresses",
              "The token works from some addresses only, and the client is not at one of them.",
              "Use it there, or make another under Tokens."),
          known(
              "403",
              "token is read-only|may not publish|is read-only in this workspace",
              "The token, or its user's role, may read and not publish.",
              "Use a token that may write, or ask an owner: Team shows who is one."),
          known(
              "403",
              "asks for a second factor",
              "The registry asks for a second factor with every change, and the account has none.",
              "Set it up under Your account."),
          known(
              "403",
              "E403|\\b403\\b|Forbidden",
              "The token is known, and what was asked for is not allowed to it, or is withheld.",
              "The sentence behind the address says which. " + PASTE),
          known(
              "404",
              "There is no registry",
              "The address names a registry that is not there, or that you may not read.",
              "Take the address from Registries, More info."),
          known(
              "404",
              "There is nothing at this address",
              "The path of the address is wrong: it leads to no registry.",
              "Take the address from Registries, More info: registries are below /r/."),
          known(
              "404",
              "E404|YN0035|\\b404\\b|Package not found|Couldn't find package",
              "No source of the registry has that package. A name that is owned here, or whose"
                  + " scope is, is asked of nobody outside.",
              "Check the name; the registry's tabs Upstreams and Access say where it looks and"
                  + " which scopes are its own."),
          known(
              "target",
              "ETARGET|notarget|No matching version|No version matching|No candidates"
                  + " found|YN0082|any versions for|NO_MATCHING_VERSION",
              "No version that is served fits: those that would are withheld here, or there are"
                  + " none.",
              "The registry's tab Withheld says of each version which policy withholds it, and"
                  + " until when."),
          known(
              "age",
              "YN0016|minimumReleaseAge|npmMinimalAgeGate|min-release-age",
              "The client itself refuses versions that are younger than its own setting wants.",
              "npmMinimalAgeGate in .yarnrc.yml, minimumReleaseAge of pnpm, min-release-age in"
                  + " .npmrc."),
          known(
              "integrity",
              "EINTEGRITY|YN0018|[Ii]ntegrity check|TARBALL_INTEGRITY|INTEGRITY_MISMATCH",
              "The bytes differ from what the lockfile or the client's cache remembers.",
              "Find out why: most often the version was published twice elsewhere. Only then clear"
                  + " the client's cache or renew that entry of the lockfile."),
          known(
              "exists",
              "E409|EPUBLISHCONFLICT|cannot publish over|is published here already|\\b409\\b",
              "That version is published already, and a version never changes.",
              "Raise the version in package.json, and publish again."),
          known(
              "remote",
              "EALLOWREMOTE|Refusing to fetch|type \"remote\"",
              "The lockfile names tarballs at another address than the registry's, and npm 12"
                  + " refuses those.",
              "Remove the lines \"resolved\" from the lockfile, or install once with this registry"
                  + " set and commit what changes."),
          known(
              "http",
              "YN0081|Unsafe http requests",
              "yarn refuses addresses that begin with http:.",
              "Add the host to unsafeHttpWhitelist in .yarnrc.yml, or serve https."),
          known(
              "tls",
              "WRONG_VERSION_NUMBER|wrong version number|EPROTO|packet length too long",
              "The client speaks https to a port that speaks http.",
              "Write the address of the registry as this server has it: Registries, More info."),
          known(
              "tls",
              "SELF_SIGNED_CERT|UNABLE_TO_VERIFY|unable to get local issuer|CERT_HAS_EXPIRED",
              "The client does not trust the certificate of what it talks to.",
              "Give it your authority's certificate: cafile in .npmrc, or NODE_EXTRA_CA_CERTS. Do"
                  + " not switch strict-ssl off."),
          known(
              "net",
              "ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ECONNRESET|ConnectionRefused",
              "The client does not reach the address at all: wrong host or port, a proxy in"
                  + " between, or the server is down.",
              "Open the address in a browser on the same machine, and look at proxy and https-proxy"
                  + " in the .npmrc."),
          known(
              "429",
              "E429|\\b429\\b|Too Many Requests|Too many requests",
              "Too many wrong passwords, or too much at once.",
              "Wait as long as Retry-After says."),
          known(
              "upstream",
              "E50[24]|\\b50[24]\\b|Bad Gateway|Gateway Time-?out",
              "An upstream of the registry failed, and nothing is stored of what was asked for.",
              "The sentence says which and why; what is cached goes on installing. Try again"
                  + " later."),
          known(
              "size",
              "E413|\\b413\\b",
              "What is published is larger than the server takes.",
              "Look at \"files\" in package.json and at .npmignore: npm pack --dry-run lists what"
                  + " goes in."),
          known(
              "tree",
              "ERESOLVE",
              "Two packages of the project want versions of a third that do not fit: no registry"
                  + " can cure that.",
              "npm explains which; the registry has nothing to do with it."));

  private ClientErrors() {}

  private record Known(String kind, Pattern words, String says, String cure) {}

  /// What is known of what `text` says.
  static List<Finding> look(String text) {
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Known one : KNOWN) {
      if (!told.contains(one.kind) && one.words.matcher(text).find()) {
        told.add(one.kind);
        findings.add(Finding.wrong(null, one.says, one.cure));
      }
    }
    return findings;
  }

  private static Known known(String kind, String words, String says, String cure) {
    return new Known(kind, Pattern.compile(words), says, cure);
  }
}
