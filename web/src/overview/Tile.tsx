import { Link } from "react-router";

/** A number that leads to what it counts. */
export function Tile({ count, label, to }: { count: number | string; label: string; to: string }) {
  return (
    <Link className="card number" to={to}>
      <b>{typeof count === "number" ? count.toLocaleString("en") : count}</b>
      {label}
    </Link>
  );
}
