import type { ReactNode } from "react";

/** What surrounds pages for those who are not signed in. */
export function Outside({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="sign-in">
      <div className="card padded stack">
        <div className="brand">
          <img src="/favicon.svg" width="28" height="28" alt="" />
          <h1 className="sign-in-title">{title}</h1>
        </div>
        {children}
      </div>
    </main>
  );
}
