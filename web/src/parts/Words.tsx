import { Link } from "react-router";

const PIECE = /(#\d{1,9}\b|https:\/\/[^\s<>"'`]+)/;

/** A link to elsewhere. What leads to no web page by https is text. */
export function Away({ href, children }: { href: string | null; children: React.ReactNode }) {
  if (href === null || !/^https:\/\/[^\s<>"'`]+$/.test(href)) {
    return <>{children}</>;
  }
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc" title={href}>
      {children}
    </a>
  );
}

/** What somebody wrote, as text; "#1" leads to that issue and web addresses lead there. */
export function Words({ text }: { text: string }) {
  return (
    <span className="words">
      {text.split(PIECE).map((piece, i) =>
        i % 2 === 0 ? (
          piece
        ) : piece.startsWith("#") ? (
          <Link key={i} to={`/issues/${piece.slice(1)}`}>
            {piece}
          </Link>
        ) : (
          <Away key={i} href={piece}>
            {piece}
          </Away>
        ),
      )}
    </span>
  );
}
