// Firefox with the page in it, in a window on a screen that nobody sees: without a window it has no WebGL 2. Driven by
// WebDriver BiDi, by role and name; keys that compose come from the screen's keyboard.
import fs from "node:fs";
import puppeteer from "puppeteer-core";
import { temporary } from "./browser.mjs";
import { Screen } from "./screen.mjs";

const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

export class Firefox {
  problems = [];

  async open() {
    this.folder = temporary("firefox");
    this.screen = await Screen.open();
    try {
      this.browser = await puppeteer.launch({
        browser: "firefox",
        executablePath,
        headless: false,
        userDataDir: this.folder,
        defaultViewport: null,
        env: this.screen.environment,
        args: ["--width=1200", "--height=860"],
        extraPrefsFirefox: {
          "intl.accept_languages": "zh-CN",
          // Only what really has the keyboard is talked to by the input method.
          "focusmanager.testmode": false,
          "browser.shell.checkDefaultBrowser": false,
          "app.update.enabled": false,
        },
      });
    } catch (error) {
      await this.close();
      throw error;
    }
    return this;
  }
  async page(address = "about:blank") {
    const [first] = await this.browser.pages();
    const page = first ?? (await this.browser.newPage());
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && this.problems.push(message.text()));
    await page.goto(address);
    this.screen.focusWindow("Firefox");
    return page;
  }
  async close() {
    await this.browser?.close().catch(() => {});
    this.screen?.close();
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
