// Prints a form: HTML in a hidden frame, so that it stays vector text on A4.

export class Printer {
  #frame = null;

  print(html) {
    this.#frame?.remove();
    const frame = document.createElement("iframe");
    frame.className = "printed";
    frame.title = "print";
    frame.setAttribute("aria-hidden", "true");
    frame.sandbox = "allow-same-origin allow-modals";
    frame.onload = () => {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    };
    frame.srcdoc = html;
    document.body.append(frame);
    this.#frame = frame;
  }
}
