// What looks like a secret in a client's settings, or in what it said.

const SECRETS: RegExp[] = [
  /((?:_authToken|_auth|_password)["']?\s*=\s*["']?)([^\s"']+)/g,
  /((?:npmAuthToken|npmAuthIdent)["']?\s*:\s*["']?)([^\s"']+)/g,
  /((?:_authToken|_auth|_password)"\s+"?)([^\s"]+)/g,
  /(\b(?:YARN_NPM_AUTH_TOKEN|YARN_NPM_AUTH_IDENT|BUN_CONFIG_TOKEN)["']?\s*[=:]\s*["']?)([^\s"']+)/g,
  /(\btoken\s*=\s*")([^"]+)/g,
  /(\b[A-Za-z][A-Za-z0-9+.-]*:\/\/)([^\s/@]+)(?=@)/g,
  /(\b)((?:gh|npm)_[0-9A-Za-z]{8,})/g,
];

const MASK = "…";

/** A variable's name is no secret, and what is masked is none any more. */
function mask(whole: string, before: string, secret: string): string {
  return secret.startsWith("$") || secret.includes(MASK) ? whole : before + secret.slice(0, 3) + MASK;
}

/** The same text without its secrets. */
export function masked(text: string): string {
  return SECRETS.reduce((rest, one) => rest.replace(one, mask), text);
}

export function holdsSecrets(text: string): boolean {
  return masked(text) !== text;
}
