package dev.gatehouse.web.api.people;

import dev.gatehouse.access.account.PasswordLinks;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.web.api.Visitor;

/// Links to the web app's pages for people who cannot sign in yet, and the mails that bring them.
final class LinkTexts {
  private LinkTexts() {}

  /// Where somebody who was invited goes.
  static String path(Invitations.Made made) {
    return "/invite/" + made.secret();
  }

  /// Where somebody who has forgotten their password goes.
  static String path(PasswordLinks.Made made) {
    return "/password/" + made.secret();
  }

  /// The mail to somebody who is invited by `visitor`.
  static LinkMails.Mail invitation(Visitor visitor, Invitations.Made made) {
    String workspace = visitor.workspace().name();
    return new LinkMails.Mail(
        made.invitation().email(),
        "[gatehouse] %s invites you to %s".formatted(visitor.account().name(), workspace),
        """
        %s invites you to the workspace "%s" of a server with npm packages.

        Choose a name and a password here, within five days. The link works once:

        {link}

        If you do not know what this is about, there is nothing to do.
        """
            .formatted(visitor.account().name(), workspace),
        path(made),
        made.invitation().expires());
  }

  /// The mail to somebody who has forgotten their password.
  static LinkMails.Mail password(PasswordLinks.Made made) {
    String name = made.account().name();
    return new LinkMails.Mail(
        made.account().email(),
        "[gatehouse] A new password for " + name,
        """
        Somebody, probably you, has forgotten the password of "%s".

        Choose a new one here, within an hour. The link works once:

        {link}

        If it was not you, there is nothing to do: your password still holds.
        """
            .formatted(name),
        path(made),
        made.expires());
  }
}
