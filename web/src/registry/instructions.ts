// What each client takes, as docs/CLIENTS.md has it from the tests with the real clients.

/** Of whom and which registry the instructions speak. */
export interface Facts {
  url: string;
  /** Null: none was made, a variable stands for it. */
  token: string | null;
  /** Null: everything comes from here. */
  scope: string | null;
  mayPublish: boolean;
}

/** Something to do: commands to run, or lines of a file. */
export interface Step {
  title: string;
  about?: string;
  /** Where the lines go; without it the texts are commands. */
  file?: string;
  texts: string[];
}

interface Client {
  id: string;
  name: string;
  note?: string;
  steps: (facts: Facts) => Step[];
}

const PLACEHOLDER = "gh_YOUR_TOKEN";

/** The address as `.npmrc` keys want it: without the scheme, with the last slash. */
function key(facts: Facts): string {
  return facts.url.replace(/^https?:/, "");
}

function token(facts: Facts): string {
  return facts.token ?? PLACEHOLDER;
}

function setting(facts: Facts): string {
  return facts.scope === null ? "registry" : `${facts.scope}:registry`;
}

function example(facts: Facts): string {
  return facts.scope === null ? "express" : `${facts.scope}/PACKAGE`;
}

function source(facts: Facts): string {
  return `${setting(facts)}=${facts.url}`;
}

function secret(facts: Facts, text = token(facts)): string {
  return `${key(facts)}:_authToken=${text}`;
}

/** The step that points a client here, whatever it writes that into. */
function taken(facts: Facts): string {
  return facts.scope === null ? "Take everything from here" : `Take ${facts.scope} from here`;
}

function install(text: string): Step {
  return { title: "Install", texts: [text] };
}

function publish(facts: Facts, command: string): Step[] {
  return facts.mayPublish
    ? [
        {
          title: "Publish",
          about:
            facts.scope === null
              ? "In the package's folder."
              : `In the folder of a package whose name begins with ${facts.scope}/.`,
          texts: [command],
        },
      ]
    : [];
}

/** By the browser, and with the session password. */
function logins(facts: Facts, program: string, about: string, without: string): Step[] {
  const where = `--registry ${facts.url}${facts.scope === null ? "" : ` --scope=${facts.scope}`}`;
  return [
    { title: "Log in", about, texts: [`${program} login ${where}`] },
    { title: "Or log in with the session password", about: without, texts: [`${program} login --auth-type=legacy ${where}`] },
  ];
}

const OPENS = "It opens this app, where you say yes, and keeps a token for this registry.";
const ASKS = "Where no browser is at hand. Make the password above; the user name that it is asked with is gatehouse.";

/** What keeps some clients from installing what was published within the last day. */
function atOnce(client: string, file: string, texts: string[]): Step {
  return {
    title: "Let new versions in at once",
    about: `${client} refuses what was published within the last day, your own packages too. This registry's policies can do that for everybody.`,
    file,
    texts,
  };
}

const npmLogin = (facts: Facts) => logins(facts, "npm", OPENS, ASKS);

const npmToken = (facts: Facts): Step => ({
  title: "Or use a token",
  about: "Instead of logging in: on machines, and wherever nobody can type.",
  texts: [`npm config set ${secret(facts)}`],
});

const npm: Client = {
  id: "npm",
  name: "npm",
  steps: (facts) => [
    ...npmLogin(facts),
    npmToken(facts),
    {
      title: taken(facts),
      about: "In the project's folder; it writes the project's .npmrc.",
      texts: [`npm config set ${source(facts)} --location=project`],
    },
    install(`npm install ${example(facts)}`),
    ...publish(facts, "npm publish"),
  ],
};

const yarnClassic: Client = {
  id: "yarn1",
  name: "yarn classic",
  note: "yarn's own login asks no registry, so npm logs in for both. The slash at the end of the address matters.",
  steps: (facts) => [
    ...npmLogin(facts),
    npmToken(facts),
    {
      title: taken(facts),
      about:
        facts.scope === null
          ? "Without always-auth yarn sends its token for scoped packages only. It takes that line from this file alone, not from its own settings."
          : "In your home folder, or in the project's.",
      file: "~/.npmrc",
      texts: [facts.scope === null ? `${source(facts)}\nalways-auth=true` : source(facts)],
    },
    install("yarn install"),
    ...publish(facts, "yarn publish --non-interactive"),
  ],
};

/** The address twice for a scope: yarn does not publish to where it reads from. */
function yarnrc(facts: Facts): string {
  const lines =
    facts.scope === null
      ? [`npmRegistryServer: "${facts.url}"`, "npmAlwaysAuth: true"]
      : [
          "npmScopes:",
          `  ${bare(facts.scope)}:`,
          `    npmRegistryServer: "${facts.url}"`,
          `    npmPublishRegistry: "${facts.url}"`,
          "    npmAlwaysAuth: true",
        ];
  if (facts.url.startsWith("http:")) {
    lines.push("unsafeHttpWhitelist:", `  - "${new URL(facts.url).hostname}"`);
  }
  return lines.join("\n");
}

function bare(scope: string): string {
  return scope.replace(/^@/, "");
}

const yarnBerry: Client = {
  id: "yarn4",
  name: "yarn berry",
  steps: (facts) => [
    { title: taken(facts), file: "~/.yarnrc.yml", texts: [yarnrc(facts)] },
    {
      title: "Log in",
      about: "It asks for a name and a password: yours, or gatehouse and the session password that you make above.",
      // What it keeps of a login has a place of its own, where the line above does not hold.
      texts: [`yarn npm login ${facts.scope === null ? "--always-auth" : `--scope ${bare(facts.scope)}`}`],
    },
    {
      title: "Or use a token",
      about: "It goes into your home folder's .yarnrc.yml, not the project's.",
      texts: [
        `yarn config set -H ${facts.scope === null ? "" : `npmScopes.${bare(facts.scope)}.`}npmAuthToken ${token(facts)}`,
      ],
    },
    atOnce("yarn 4", "~/.yarnrc.yml", [
      facts.scope === null ? "npmMinimalAgeGate: 0" : `npmPreapprovedPackages:\n  - "${facts.scope}/*"`,
    ]),
    install("yarn install"),
    ...publish(facts, "yarn npm publish"),
  ],
};

/** Lines of npm's file, for those that read it. */
function lines(facts: Facts): Step[] {
  return [
    { title: "Or use a token", file: "~/.npmrc", texts: [secret(facts)] },
    { title: taken(facts), file: "~/.npmrc", texts: [source(facts)] },
  ];
}

const pnpm: Client = {
  id: "pnpm",
  name: "pnpm",
  steps: (facts) => [
    ...logins(facts, "pnpm", OPENS, `${ASKS} pnpm 9 has this, pnpm 12 has not.`),
    ...lines(facts),
    atOnce("pnpm 12", "~/.config/pnpm/config.yaml", [
      facts.scope === null ? "minimumReleaseAge: 0" : `minimumReleaseAgeExclude:\n  - "${facts.scope}/*"`,
    ]),
    install("pnpm install"),
    ...publish(facts, "pnpm publish"),
  ],
};

const bun: Client = {
  id: "bun",
  name: "bun",
  note: "bun has no login of its own and takes npm's.",
  steps: (facts) => [...npmLogin(facts), ...lines(facts), install("bun install"), ...publish(facts, "bun publish")],
};

const deno: Client = {
  id: "deno",
  name: "deno",
  note: "deno has no login of its own and takes npm's. It publishes to JSR only.",
  steps: (facts) => [
    ...npmLogin(facts),
    ...lines(facts),
    atOnce("deno", "~/.npmrc", ["min-release-age=0"]),
    install("deno install"),
  ],
};

const SECRET = "GATEHOUSE_TOKEN";

const ci: Client = {
  id: "ci",
  name: "CI",
  note: `Make a token for it under Tokens, read-only if it does not publish, and store it as the secret ${SECRET}.`,
  steps: (facts) => [
    {
      title: "Commit this",
      about: "It names the variable, not the secret.",
      file: ".npmrc",
      texts: [`${source(facts)}\n${secret(facts, `\${${SECRET}}`)}`],
    },
    {
      title: "GitHub Actions",
      texts: [`- run: npm ci\n  env:\n    ${SECRET}: \${{ secrets.${SECRET} }}`],
    },
    {
      title: "GitLab CI",
      about: `With ${SECRET} as a masked variable of the project.`,
      texts: ["install:\n  script:\n    - npm ci"],
    },
    {
      title: "Jenkins",
      about: "With the token as a credential of the kind secret text, named gatehouse-token.",
      texts: [
        `withCredentials([string(credentialsId: 'gatehouse-token', variable: '${SECRET}')]) {\n  sh 'npm ci'\n}`,
      ],
    },
    {
      title: "Azure Pipelines",
      about: `With ${SECRET} as a secret variable of the pipeline: only steps that name it are given it.`,
      texts: [`- script: npm ci\n  env:\n    ${SECRET}: $(${SECRET})`],
    },
    {
      title: "Docker",
      about: "The secret is there while the line runs, and in no layer.",
      texts: [
        `RUN --mount=type=secret,id=gatehouse \\\n  ${SECRET}=$(cat /run/secrets/gatehouse) npm ci`,
        `docker build --secret id=gatehouse,env=${SECRET} .`,
      ],
    },
    ...publish(facts, "npm publish"),
  ],
};

export const CLIENTS: Client[] = [npm, yarnClassic, yarnBerry, pnpm, bun, deno, ci];
