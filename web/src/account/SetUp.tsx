import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api, result, type Schemas } from "../api";
import { Command } from "../parts/Command";
import { Refused } from "../parts/States";
import { Proof, useProof } from "./Proof";
import { factorChanged, Recovery } from "./Recovery";

/** From the password over the QR code and a first code to the recovery codes. */
export function SetUp({ close }: { close: () => void }) {
  const proof = useProof();
  const start = useMutation({
    mutationFn: (password: string) =>
      result(api.POST("/me/second-factor", { body: password === "" ? {} : { password } })),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => result(api.PUT("/me/second-factor", { body: { code } })),
  });
  const done = () => {
    close();
    void factorChanged();
  };
  if (confirm.data) {
    return <Recovery codes={confirm.data.recoveryCodes} close={done} />;
  }
  if (start.data) {
    return (
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate(String(new FormData(event.currentTarget).get("code")));
        }}
      >
        <p>Scan this with your authenticator app, or type the secret into it.</p>
        <Code qr={start.data.qr} />
        <Command label="The secret" text={start.data.secret} />
        {confirm.isError && <Refused error={confirm.error} />}
        <TextInput
          name="code"
          label="The code that it shows"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
        />
        <Button type="submit" loading={confirm.isPending}>
          Switch it on
        </Button>
      </form>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(String(new FormData(event.currentTarget).get("password") ?? ""));
      }}
    >
      {start.isError && <Refused error={start.error} />}
      <Proof name="password" label="Your password" />
      <Button type="submit" loading={start.isPending} disabled={proof === "provider"}>
        Go on
      </Button>
    </form>
  );
}

/** The margin of four modules belongs to it; it is black on white in the dark too. */
function Code({ qr }: { qr: Schemas["QrCode"] }) {
  const side = qr.size + 8;
  return (
    <svg className="qr" viewBox={`-4 -4 ${side} ${side}`} role="img" aria-label="QR code of the secret">
      <rect x="-4" y="-4" width={side} height={side} fill="#fff" />
      <path d={qr.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
