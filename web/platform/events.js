// Pointer, size and pixel ratio of the page, handed to the interface in CSS pixels.

const kinds = { pointermove: 0, pointerdown: 1, pointerup: 2, pointercancel: 3, pointerleave: 4 };

export function listen(surface, canvas, page) {
  for (const kind of Object.keys(kinds))
    surface.addEventListener(kind, (event) => {
      if (kind === "pointerdown" && event.button !== 0) return;
      const held = (event.pointerType === "touch" ? 1 : 0) | (event.ctrlKey || event.metaKey ? 2 : 0) | (event.shiftKey ? 4 : 0);
      page.pointer(kinds[kind], event.clientX, event.clientY, held);
    });
  // The browser knows which presses its person means as one double click.
  surface.addEventListener("mousedown", (event) => event.detail > 1 && page.again());
  const resize = (width, height, ratio, pixels) => {
    const [wide, high] = pixels || [Math.round(width * ratio), Math.round(height * ratio)];
    // Set even to what it is, the canvas is made anew, and everything waits for that.
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    page.resize(width, height, canvas.width, canvas.height);
  };
  new ResizeObserver(([entry]) => {
    const box = entry.devicePixelContentBoxSize?.[0];
    const { inlineSize, blockSize } = entry.contentBoxSize[0];
    // The exact number of pixels, where the browser tells it; not while it only plays another screen.
    const exact = box && Math.abs(box.inlineSize - inlineSize * devicePixelRatio) <= 1;
    resize(inlineSize, blockSize, devicePixelRatio, exact && [box.inlineSize, box.blockSize]);
  }).observe(canvas);
  const watchRatio = () =>
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      "change",
      () => {
        resize(canvas.clientWidth, canvas.clientHeight, devicePixelRatio);
        watchRatio();
      },
      { once: true },
    );
  watchRatio();
  resize(canvas.clientWidth || innerWidth, canvas.clientHeight || innerHeight, devicePixelRatio);

  const wishes = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(pointer: coarse)"].map((query) => matchMedia(query));
  const tell = () => page.prefers(...wishes.map((wish) => wish.matches));
  for (const wish of wishes) wish.addEventListener("change", tell);
  tell();

  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault();
    page.context(false);
  });
  canvas.addEventListener("webglcontextrestored", () => page.context(true));
}
