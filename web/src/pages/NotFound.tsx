import { Link } from "react-router";
import { Empty } from "../parts/States";
import { useTitle } from "../parts/useTitle";

export function NotFound() {
  useTitle("Not found");
  return (
    <div className="card">
      <Empty title="There is no page at this address">
        <Link to="/">Back to the overview</Link>
      </Empty>
    </div>
  );
}
