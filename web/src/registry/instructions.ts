// What each client takes, as docs/CLIENTS.md has it from the tests with the real clients.

/** Of whom and which registry the instructions speak. */
export interface Facts {
  url: string;
  user: string;
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

function npmrc(facts: Facts, secret = token(facts)): string {
  return `${setting(facts)}=${facts.url}\n${key(facts)}:_authToken=${secret}`;
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

const npm: Client = {
  id: "npm",
  name: "npm",
  steps: (facts) => [
    {
      title: "Log in",
      about: `It opens this app, where you say yes, and keeps a token for this registry. Without a browser, add --auth-type=legacy: it then asks for your name, ${facts.user}, and your password.`,
      texts: [
        `npm login --registry ${facts.url}` +
          (facts.scope === null ? "" : ` --scope=${facts.scope}`),
      ],
    },
    {
      title: "Or use a token",
      about: "Instead of logging in: on machines, and wherever nobody can type.",
      texts: [`npm config set ${key(facts)}:_authToken=${token(facts)}`],
    },
    {
      title: facts.scope === null ? "Take everything from here" : `Take ${facts.scope} from here`,
      about: "In the project's folder; it writes the project's .npmrc.",
      texts: [`npm config set ${setting(facts)}=${facts.url} --location=project`],
    },
    { title: "Install", texts: [`npm install ${example(facts)}`] },
    ...publish(facts, "npm publish"),
  ],
};

const yarnClassic: Client = {
  id: "yarn1",
  name: "yarn classic",
  note: "Both slashes at the ends matter. Without always-auth, yarn sends its token for scoped packages only.",
  steps: (facts) => [
    {
      title: "Write into .npmrc",
      about: "In your home folder, or in the project's.",
      texts: [`${npmrc(facts)}\nalways-auth=true`],
    },
    { title: "Install", texts: ["yarn install"] },
    ...publish(facts, "yarn publish"),
  ],
};

const yarnBerry: Client = {
  id: "yarn4",
  name: "yarn berry",
  note: "yarn 4 refuses what was published within the last day; name your own packages in npmPreapprovedPackages.",
  steps: (facts) => {
    const lines =
      facts.scope === null
        ? [
            `npmRegistryServer: "${facts.url}"`,
            `npmAuthToken: "${token(facts)}"`,
            "npmAlwaysAuth: true",
          ]
        : [
            "npmScopes:",
            `  ${facts.scope.replace(/^@/, "")}:`,
            `    npmRegistryServer: "${facts.url}"`,
            `    npmAuthToken: "${token(facts)}"`,
            "    npmAlwaysAuth: true",
          ];
    if (facts.url.startsWith("http:")) {
      lines.push("unsafeHttpWhitelist:", `  - "${new URL(facts.url).hostname}"`);
    }
    return [
      {
        title: "Write into .yarnrc.yml",
        about: "In your home folder: it holds a secret.",
        texts: [lines.join("\n")],
      },
      { title: "Install", texts: ["yarn install"] },
      ...publish(facts, "yarn npm publish"),
    ];
  },
};

/** Those that read npm's file. */
function reader(id: string, name: string, install: string, publishing: string | null, note?: string): Client {
  return {
    id,
    name,
    ...(note ? { note } : {}),
    steps: (facts) => [
      { title: "Write into ~/.npmrc", texts: [npmrc(facts)] },
      { title: "Install", texts: [install] },
      ...(publishing === null ? [] : publish(facts, publishing)),
    ],
  };
}

const ci: Client = {
  id: "ci",
  name: "CI",
  note: "Make a token for it under Tokens, read-only if it does not publish, and store it as the secret GATEHOUSE_TOKEN.",
  steps: (facts) => [
    {
      title: "Commit this .npmrc",
      about: "It names the variable, not the secret.",
      texts: [npmrc(facts, "${GATEHOUSE_TOKEN}")],
    },
    {
      title: "GitHub Actions",
      texts: ["- run: npm ci\n  env:\n    GATEHOUSE_TOKEN: ${{ secrets.GATEHOUSE_TOKEN }}"],
    },
    {
      title: "GitLab CI",
      about: "With GATEHOUSE_TOKEN as a masked variable of the project.",
      texts: ["install:\n  script:\n    - npm ci"],
    },
    {
      title: "Docker",
      about: "The secret is there while the line runs, and in no layer.",
      texts: [
        "RUN --mount=type=secret,id=gatehouse \\\n  GATEHOUSE_TOKEN=$(cat /run/secrets/gatehouse) npm ci",
        "docker build --secret id=gatehouse,env=GATEHOUSE_TOKEN .",
      ],
    },
  ],
};

export const CLIENTS: Client[] = [
  npm,
  yarnClassic,
  yarnBerry,
  reader(
    "pnpm",
    "pnpm",
    "pnpm install",
    "pnpm publish",
    "pnpm 12 refuses what was published within the last day; name your own packages in minimumReleaseAgeExclude.",
  ),
  reader("bun", "bun", "bun install", "bun publish"),
  reader(
    "deno",
    "deno",
    "deno install",
    null,
    "deno publishes to JSR only, and refuses what was published within the last day unless .npmrc has min-release-age=0.",
  ),
  ci,
];
