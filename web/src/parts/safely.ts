/** Where a sign-in may lead to: a page of this app and nowhere else. */
export function ownPath(text: string | null): string {
  if (text === null) {
    return "/";
  }
  try {
    const url = new URL(text, window.location.origin);
    return url.origin === window.location.origin && text.startsWith("/")
      ? url.pathname + url.search
      : "/";
  } catch {
    return "/";
  }
}
