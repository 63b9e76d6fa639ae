package dev.gatehouse.web.npm.publish;

/// What is done to a package, in the word that its person is asked about.
enum PackageChange {
  PUBLISH("publish"),
  UNPUBLISH("unpublish"),
  DEPRECATE("deprecate"),
  TAG("change the tags of"),
  OWNERS("change the owners of"),
  ACCESS("change the access of");

  private final String words;

  PackageChange(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
