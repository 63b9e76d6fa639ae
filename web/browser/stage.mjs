// What the stories share: a browser, a person in it, and a terminal beside it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS ?? "target/screenshots";
mkdirSync(shots, { recursive: true });

/** With TOUR=docs/tour the pictures that docs/TOUR.md shows are written there, of a window that is narrower. */
export const tour = process.env.TOUR;
const written = readFileSync(new URL("../../docs/TOUR.md", import.meta.url), "utf8");
const toured = new Set(Array.from(written.matchAll(/\(tour\/([\w-]+)\.png\)/g), (found) => found[1]));
const looked = new Set();
const viewport = tour ? { width: 1040, height: 720 } : { width: 1200, height: 800 };

export function fail(sentence) {
  throw new Error(sentence);
}

export async function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

/** A browser of somebody's own. Whatever the page complains of fails the story. */
export async function person(launched, base, options = {}) {
  const context = await launched.newContext({ viewport, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints = [];
  const expected = /status of (401|403|404|409|412)/;
  page.on("console", (message) => {
    // The sanitiser reads hostile text in a document of its own, where the policy speaks up too.
    const hostile = page.url().includes("/package/@acme/") && /Content Security Policy/.test(message.text());
    if (message.type() === "error" && !expected.test(message.text()) && !hostile) {
      complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) {
      complaints.push(`asked elsewhere: ${request.url()}`);
    }
  });
  return { page, context, complaints };
}

/** Ada becomes the owner by the set-up link, and signs in. */
export async function becomeOwner(page, setup, password) {
  await page.goto(setup);
  await page.locator("#name").fill("ada");
  await page.locator("#password").fill(password);
  await page.locator("#again").fill(password);
  await page.getByRole("button", { name: "Make me the owner" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("User name").fill("ada");
  await page.getByLabel("Password", { exact: false }).first().fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
}

/** A picture for the tour: the window, or what a page without a dialog has to say. */
async function picture(page, name) {
  const { width, height } = page.viewportSize();
  const end = await page.evaluate(() => {
    const said = document.querySelector("[role=dialog]") ? [] : [...document.querySelectorAll("main *")];
    return Math.max(0, ...said.map((one) => Math.ceil(one.getBoundingClientRect().bottom + globalThis.scrollY)));
  });
  const most = width < 500 ? height : 1400;
  const clip = { x: 0, y: 0, width, height: end > 0 ? Math.min(end + 48, most) : height };
  await page.screenshot({ path: join(tour, `${name}.png`), fullPage: true, clip });
}

/** Keeps a picture, and asks axe about what it shows. */
export async function look(page, name) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  looked.add(name);
  if (tour && toured.has(name)) {
    await picture(page, name);
  }
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations),
  );
  const serious = found.filter((one) => ["serious", "critical"].includes(one.impact));
  if (serious.length > 0) {
    const words = serious.map(
      (one) => `${one.id}: ${one.help}\n  ${one.nodes.map((node) => node.html.slice(0, 200)).join("\n  ")}`,
    );
    fail(`${name} is not accessible:\n${words.join("\n")}`);
  }
}

/** The pictures that docs/TOUR.md shows and the story does not make, or that nobody has kept. */
export function missing() {
  const kept = (name) => existsSync(new URL(`../../docs/tour/${name}.png`, import.meta.url));
  return [...toured].filter((name) => !looked.has(name) || !kept(name));
}

/** Somebody is signed out. The page is loaded again, as its bell may have found that out by itself: then no link is left to click. */
export async function isOut(page) {
  await page.reload();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
}

/** A machine with nothing on it but npm. */
export function machine() {
  const home = mkdtempSync(join(tmpdir(), "gatehouse-home-"));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_cache: join(home, ".npm"),
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
  return {
    folder(name, files) {
      const folder = join(home, name);
      mkdirSync(folder, { recursive: true });
      for (const [file, text] of Object.entries(files)) {
        writeFileSync(join(folder, file), text);
      }
      return folder;
    },
    run(folder, command) {
      return execFileSync("sh", ["-c", command], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env,
      });
    },
    /** What a command says that has to fail. */
    refused(folder, command) {
      try {
        this.run(folder, command);
      } catch (failure) {
        return `${failure.stdout}${failure.stderr}`;
      }
      return fail(`${command} went through`);
    },
    /** Runs a command beside the story: what it says first that matches, and its end. */
    begin(folder, command, pattern, onTerminal = false) {
      const [program, ...words] = onTerminal ? ["script", "-qec", command, "/dev/null"] : ["sh", "-c", command];
      const running = spawn(program, words, { cwd: folder, env, stdio: [onTerminal ? "pipe" : "ignore", "pipe", "pipe"] });
      const said = [];
      const first = new Promise((resolve, reject) => {
        const hear = (bytes) => {
          said.push(String(bytes));
          const found = said.join("").match(pattern);
          if (found) {
            resolve(found[0]);
          }
        };
        running.stdout.on("data", hear);
        running.stderr.on("data", hear);
        running.on("close", () => reject(new Error(`${command} ended without it:\n${said.join("")}`)));
      });
      const end = new Promise((resolve, reject) => {
        running.on("close", (code) =>
          code === 0 ? resolve(said.join("")) : reject(new Error(`${command} failed:\n${said.join("")}`)),
        );
      });
      end.catch(() => {}); // whoever awaits it is told
      return { first, end };
    },
  };
}
