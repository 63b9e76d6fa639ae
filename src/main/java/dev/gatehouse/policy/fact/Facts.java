package dev.gatehouse.policy.fact;

/// All that is known of one version. Policies see nothing else.
public record Facts(
    Subject subject, History history, Manifest manifest, Contents contents, Advisories advisories) {

  /// A version of an upstream of which nothing is known, although everything was looked for. Start
  /// here and add what is known.
  public static Facts unknown(String name, String version) {
    return of(new Subject(name, version, Subject.Place.UPSTREAM, false));
  }

  /// The same for any subject.
  public static Facts of(Subject subject) {
    return new Facts(
        subject, History.NONE, Manifest.NONE, Contents.NONE, Advisories.NEVER_IMPORTED);
  }

  /// The same of another subject.
  public Facts with(Subject now) {
    return new Facts(now, history, manifest, contents, advisories);
  }

  /// The same with another history.
  public Facts with(History now) {
    return new Facts(subject, now, manifest, contents, advisories);
  }

  /// The same with another manifest.
  public Facts with(Manifest now) {
    return new Facts(subject, history, now, contents, advisories);
  }

  /// The same with other contents.
  public Facts with(Contents now) {
    return new Facts(subject, history, manifest, now, advisories);
  }

  /// The same with other advisories.
  public Facts with(Advisories now) {
    return new Facts(subject, history, manifest, contents, now);
  }
}
