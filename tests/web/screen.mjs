// A screen that nobody sees, and a keyboard at it: keys go the whole way through the window system and its input method.
import { execFileSync, spawn } from "node:child_process";

export class Screen {
  static async open() {
    const server = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
    // Its number is told by the server that makes it.
    const number = await new Promise((resolve, reject) => {
      server.on("error", reject);
      server.on("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
      server.stdout.once("data", (bytes) => resolve(String(bytes).trim()));
    });
    return Object.assign(new Screen(), { server, display: `:${number}` });
  }
  close() {
    this.server.kill();
  }
  // With the toolkit's own input method: Ctrl+Shift+U and a number compose a character, as syllables do elsewhere.
  get environment() {
    return { ...process.env, DISPLAY: this.display, TZ: "Asia/Shanghai", LC_ALL: "C.UTF-8", GTK_IM_MODULE: "simple" };
  }
  #do(...words) {
    return execFileSync("xdotool", words, { env: this.environment, encoding: "utf8" }).trim();
  }
  // There is no window manager that would give a window the keyboard. The click is somewhere within it.
  focusWindow(name) {
    const [window] = this.#do("search", "--sync", "--onlyvisible", "--name", name).split("\n");
    this.#do("windowfocus", "--sync", window, "mousemove", "1000", "600", "click", "1");
  }
  async press(...keys) {
    for (const key of keys) {
      this.#do("key", "--clearmodifiers", key);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}

// The keys that compose this character.
export const keysOf = (character) => ["ctrl+shift+u", ...character.codePointAt(0).toString(16)];
