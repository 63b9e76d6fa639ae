import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, result } from "../api";

/** How many notifications wait; leads to them. Asked twice a minute, while somebody looks. */
export function Bell() {
  const query = useQuery({
    queryKey: ["notifications", "unread"],
    queryFn: () => result(api.GET("/notifications/unread")),
    refetchInterval: 30_000,
  });
  const { unread = 0, most = 0 } = query.data ?? {};
  const shown = unread >= most && most > 0 ? `${most - 1}+` : String(unread);
  return (
    <Link className="bell" to="/notifications" aria-label={unread > 0 ? `Notifications, ${shown} unread` : "Notifications"}>
      <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        <path d="M6 9a6 6 0 0 1 12 0c0 6 2 7 2 8H4c0-1 2-2 2-8M10 20a2 2 0 0 0 4 0" />
      </svg>
      {unread > 0 && <span className="bell-count">{shown}</span>}
    </Link>
  );
}
