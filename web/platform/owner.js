// One writing tab by an exclusive Web Lock. Whoever wants to take over asks first, so that the owner can write down what is
// still on its way; an owner that does not answer is stolen from, which the epoch check in storage makes safe.

const patience = 2000; // milliseconds

export class Owner {
  #name;
  #channel;
  #release = null;

  // onLost: another tab has taken over. onAsked: finish writing; a promise.
  constructor(name, { onLost, onAsked }) {
    this.#name = name;
    this.onLost = onLost;
    this.#channel = new BroadcastChannel(`${name}-owner`);
    this.#channel.onmessage = async ({ data }) => {
      if (data !== "hand-over" || !this.#release) return;
      await onAsked();
      this.#lose();
    };
  }

  #lose() {
    if (!this.#release) return;
    this.#release();
    this.#release = null;
    this.onLost();
  }

  #request(options) {
    return new Promise((resolve) => {
      navigator.locks
        .request(this.#name, options, (lock) => {
          if (!lock) return resolve(false);
          resolve(true);
          return new Promise((release) => (this.#release = release));
        })
        .catch(() => {
          resolve(false);
          this.#lose();
        });
    });
  }

  // True when this tab may write.
  acquire() {
    return this.#request({ ifAvailable: true });
  }

  async takeOver() {
    this.#channel.postMessage("hand-over");
    const until = performance.now() + patience;
    while (performance.now() < until) {
      if (await this.acquire()) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.#request({ steal: true });
  }
}
