/** The kinds of what happens, in words. */
export const KINDS: Record<string, string> = {
  "version.published": "Somebody publishes a version",
  "version.quarantined": "A version waits in quarantine",
  "issue.opened": "An issue is opened, or opened again",
  "waiver.asked": "Somebody asks for an exception",
  "waiver.decided": "An exception is decided about",
  "malware.found": "Somebody has fetched malware",
};
