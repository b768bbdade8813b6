// The page's meaning: real elements beside the canvas, kept equal to what the widgets say of themselves (see
// semantics.h). They are transparent and lie exactly over what is drawn. Text fields are real inputs: while one has the
// focus it shows its own text, caret and composition; otherwise the canvas draws the text. What scrolls is a real
// element that scrolls, by wheel, finger, keys and whatever gets the focus; the canvas follows it.

const tags = {
  button: "button", radio: "button", checkbox: "button", switch: "button", tab: "button", menuitem: "button", menuitemcheckbox: "button",
  textbox: "input", password: "input", combobox: "input", searchbox: "input", multiline: "textarea",
  navigation: "nav", main: "main", complementary: "aside", banner: "header", region: "section", form: "form",
  list: "ul", listitem: "li", table: "table", rowgroup: "tbody", row: "tr", columnheader: "th", cell: "td", grid: "table",
  text: "span", img: "span",
};
// Elements that have their role by themselves. Those of lists and tables lose it with their usual display.
const native = new Set(["button", "textbox", "password", "searchbox", "multiline", "navigation", "main", "complementary", "banner", "form", "heading", "text"]);
const editable = new Set(["textbox", "password", "combobox", "searchbox", "multiline"]);
const leaves = new Set(["button", "radio", "checkbox", "switch", "tab", "menuitem", "menuitemcheckbox", "option"]);
// As in semantics.h.
const state = { disabled: 1, checked: 2, selected: 4, expanded: 8, invalid: 16, current: 32, focus: 64, hasPopup: 128, required: 256, collapsed: 512, skipTab: 1024, drawnOn: 2048, modal: 4096, ascending: 8192, descending: 16384, multiple: 32768 };
const modes = ["text", "numeric", "decimal", "tel"];

// The text node stays the same one: whenever one goes, Chromium begins a new step of undo in the field that is typed in.
function write(element, words) {
  const text = element.firstChild ?? element.appendChild(new Text());
  if (text.data !== words) text.data = words;
}

export class Semantics {
  #root;
  #live;
  #nodes = new Map();
  #shortcuts = new Set();
  #modal = null;
  #before = []; // what had the focus before each thing that took it and may go away
  // CSS pixels of the page per pixel of the interface: the size of the text.
  scale = 1;

  constructor(root, live, page) {
    this.#root = root;
    this.#live = live;
    this.page = page;
    root.addEventListener("input", (event) => this.#text(event.target));
    root.addEventListener("compositionend", (event) => this.#text(event.target));
    root.addEventListener("focusin", (event) => this.#focused(event.target));
    root.addEventListener("focusout", (event) => event.relatedTarget ?? page.focus(0, false));
    // A press by keyboard or assistive technology; one by pointer goes through the canvas.
    root.addEventListener("click", (event) => {
      const target = event.target.closest("[data-id]");
      if (target && leaves.has(target.dataset.role)) event.preventDefault();
      if (target && event.detail === 0 && leaves.has(target.dataset.role)) page.activate(Number(target.dataset.id));
    });
    // What is offered while typing must not take the keyboard away from the field.
    root.addEventListener("mousedown", (event) => event.target.closest("[role=listbox]") && event.preventDefault());
    root.addEventListener("submit", (event) => event.preventDefault());
    root.addEventListener("scroll", ({ target }) => target.scrolls && page.scroll(this.#id(target), target.scrollLeft / this.scale, target.scrollTop / this.scale), true);
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("copy", (event) => this.#copy(event));
    this.#measureScrollbar();
  }

  // What scroll bars take of the place, 0 where they lie over it.
  #measureScrollbar() {
    const probe = document.createElement("div");
    probe.className = "scrolls";
    probe.style.cssText = "position:absolute;width:99px;height:99px;overflow:scroll";
    this.#root.append(probe);
    this.page.scrollbar((probe.offsetWidth - probe.clientWidth) / this.scale);
    probe.remove();
  }

  #id(element) {
    return Number(element?.closest?.("[data-id]")?.dataset.id ?? 0);
  }

  #text(element) {
    if (!editable.has(element.dataset?.role)) return;
    this.page.text(Number(element.dataset.id), element.value);
  }

  #focused(element) {
    this.#before = this.#before.filter((each) => each.isConnected && each !== element);
    this.#before.push(element);
    if (this.#before.length > 8) this.#before.shift();
    this.page.focus(this.#id(element), element.matches(":focus-visible"));
    this.#rove(element.closest("ul"));
  }

  #key(event) {
    // The first key of a composition comes as 229 before isComposing is true.
    if (event.isComposing || event.keyCode === 229) return;
    const target = event.target.closest?.("[data-id]");
    const key = event.key === " " ? "Space" : event.key;
    const long = key.length > 1;
    const name = `${event.ctrlKey || event.metaKey ? "Control+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey && long ? "Shift+" : ""}${long ? key : key.toLowerCase()}`;
    const keys = target?.dataset.keys?.split(" ") ?? [];
    if (keys.includes(name)) {
      event.preventDefault();
      this.page.key(Number(target.dataset.id), name);
      return;
    }
    if (target && !editable.has(target.dataset.role) && this.#walk(target, name)) return event.preventDefault();
    const typing = target && editable.has(target.dataset.role);
    if (this.#shortcuts.has(name) && (!typing || (name !== "Control+z" && (name.startsWith("Control+") || name.startsWith("Alt+"))) || name === "Escape")) {
      event.preventDefault();
      // At once, not with the next frame: what is typed after it is meant for what it opens.
      this.#root.querySelector(`[aria-keyshortcuts="${name}"]`)?.focus({ focusVisible: true });
      this.page.key(0, name);
    }
  }

  // Arrow keys among the items of a list, the choices of a group, the tabs of a bar.
  #walk(element, key) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (!step) return false;
    const group = element.closest("[role=radiogroup],[role=tablist],[role=menu],ul,nav");
    if (!group) return false;
    const items = [...group.querySelectorAll("[data-id]")].filter((item) => leaves.has(item.dataset.role) && item.getAttribute("aria-disabled") !== "true" && item.dataset.role === element.dataset.role);
    const next = items[items.indexOf(element) + step];
    if (!next) return false;
    next.focus({ focusVisible: true });
    if (next.dataset.role === "radio" || next.dataset.role === "tab") this.page.activate(Number(next.dataset.id));
    return true;
  }

  // A list is one stop for Tab: the item that has the focus, else the current one, else the first.
  #rove(list) {
    if (!list) return;
    const active = document.activeElement;
    const items = [...list.children].filter((item) => item.localName === "li");
    const entry = items.find((item) => item.contains(active)) ?? items.find((item) => item.querySelector("[aria-current]")) ?? items[0];
    for (const item of items)
      for (const each of item.querySelectorAll("button")) {
        const reached = item === entry && !each.skipTab;
        if ((each.tabIndex === 0) !== reached) each.tabIndex = reached ? 0 : -1;
      }
  }

  // What is selected in a table, for a spreadsheet and for anything that takes text.
  #copy(event) {
    if (editable.has(document.activeElement?.dataset?.role) || !getSelection().isCollapsed) return;
    const copied = this.page.copy();
    if (!copied) return;
    event.clipboardData.setData("text/plain", copied.text);
    event.clipboardData.setData("text/html", copied.html);
    event.preventDefault();
  }

  // `said`: { gone: [id…], nodes: [[id, parent, after, role, name, value, x, y, w, h, flags, keys, extra, more?]…],
  // shortcuts, announce, blur? }, and nothing of what is as it was. `after` is the sibling before it, 0: it is the first.
  // [id, parent, after] only stands elsewhere. Places are in quarters of a pixel, from the nearest element around it that
  // has one. more: { level, mode, index, count, controls, active, shortcut, scroll: [width and height of the content,
  // where it stands, where it is to go] }
  apply(said) {
    this.#shortcuts = new Set(said.shortcuts);
    if (said.announce) this.#announce(said.announce);
    if (said.blur) document.activeElement.blur();
    const lost = document.activeElement;
    const changed = new Set();
    for (const id of said.gone) {
      const element = this.#nodes.get(id);
      changed.add(element.parentElement);
      // Children that stay find a new place below.
      element.remove();
      this.#nodes.delete(id);
    }
    let focus = null;
    for (const node of said.nodes) {
      const [id, parent, after] = node;
      let element = this.#nodes.get(id);
      if (!element) {
        element = this.#make(node);
        this.#nodes.set(id, element);
      }
      const home = parent ? this.#nodes.get(parent) : this.#root;
      if (node.length > 3) this.#set(element, node);
      const place = after ? this.#nodes.get(after).nextElementSibling : home.firstElementChild;
      if (place !== element) home.insertBefore(element, place);
      if (node[13]?.scroll) this.#scroll(element, node[13].scroll);
      if (node[10] & state.focus) focus = element;
      if (node[3] === "tab" && node[10] & state.selected && home.scrolls) element.scrollIntoView({ block: "nearest", inline: "nearest" });
      changed.add(element);
    }
    this.#settle(changed);
    this.#shutIn([...this.#root.querySelectorAll("[aria-modal]")].at(-1) ?? null);
    // What had the focus is gone: it goes back to where it was before.
    if (!focus && lost !== document.body && !lost.isConnected) focus = this.#before.findLast((each) => each.isConnected && !each.closest("[inert]"));
    if (focus && document.activeElement !== focus) focus.focus({ focusVisible: true });
  }

  // What follows from what is within: where Tab stops in a list, and whether what scrolls takes the keyboard itself.
  #settle(changed) {
    const around = new Set();
    for (const element of changed)
      for (let each = element; each && each !== this.#root && !around.has(each); each = each.parentElement) around.add(each);
    for (const each of around) {
      if (each.dataset.role === "list") this.#rove(each);
      if (each.scrolls) this.#holds(each);
    }
  }

  // Said anew even when the words are the same as before.
  #announce(words) {
    write(this.#live, "");
    requestAnimationFrame(() => write(this.#live, words));
  }

  // While a dialog is open nothing else can be reached.
  #shutIn(modal) {
    if (modal === this.#modal) return;
    this.#modal = modal;
    for (const each of this.#root.children) each.inert = modal !== null && each !== modal;
    if (modal && !modal.contains(document.activeElement)) modal.querySelector("input,textarea,button:not([tabindex='-1'])")?.focus({ focusVisible: true });
  }

  #scroll(element, quarters) {
    const [width, height, x, y, to] = quarters.map((value) => (value / 4) * this.scale);
    const fresh = !element.scrolls;
    const size = `${width}px ${height}px`;
    if (element.scrolls !== size) {
      element.scrolls = size;
      element.classList.add("scrolls");
      element.style.setProperty("--content-width", `${width}px`);
      element.style.setProperty("--content-height", `${height}px`);
    }
    if (to >= 0) element.scrollTop = to;
    else if (fresh && (x || y)) element.scrollTo(x, y);
  }
  // What holds nothing that takes the focus takes it itself, so that the keyboard scrolls it.
  #holds(element) {
    const holds = element.querySelector("button,input,textarea,[tabindex]") !== null;
    if (holds === (element.tabIndex === 0) && element.dataset.keys === "") element.tabIndex = holds ? -1 : 0;
  }

  #make([id, , , role, , , , , , , , , , more]) {
    const element = document.createElement(role === "heading" ? `h${more?.level || 2}` : tags[role] ?? "div");
    element.dataset.id = id;
    element.dataset.role = role;
    element.id = `n${id}`;
    if (!native.has(role)) element.setAttribute("role", role);
    if (element.tagName === "BUTTON") element.type = "button";
    if (editable.has(role)) {
      element.autocomplete = role === "password" ? "new-password" : "off";
      element.spellcheck = false;
      element.setAttribute("autocapitalize", "off");
      if (role === "searchbox") element.type = "search";
      if (role === "password") element.type = "password";
      if (more?.mode) element.inputMode = modes[more.mode];
    }
    return element;
  }

  #set(element, [, , , role, name, value, left, top, w, h, flags, keys, extra, more]) {
    const signature = JSON.stringify([name, value, left, top, w, h, flags & ~state.focus, keys, extra, { ...more, scroll: 0 }, this.scale]);
    if (element.signature === signature && (!editable.has(role) || element.value === value)) return;
    element.signature = signature;
    const attribute = (key, text) => (text === null ? element.removeAttribute(key) : element.getAttribute(key) === text || element.setAttribute(key, text));
    const has = (flag) => Boolean(flags & flag);
    if (role === "text" || role === "heading" || role === "alert" || role === "status" || role === "cell") {
      if (!element.firstElementChild) write(element, name);
    } else attribute("aria-label", name || null);
    if (editable.has(role)) {
      if (element.value !== value) element.value = value;
      attribute("placeholder", extra || null);
      attribute("aria-required", has(state.required) ? "true" : null);
      element.readOnly = has(state.disabled);
    } else attribute("aria-description", extra || null);
    if (role === "progressbar") attribute("aria-valuenow", value);
    else if (!editable.has(role)) attribute("aria-valuetext", value || null);
    if (role === "radio" || role === "checkbox" || role === "switch" || role === "menuitemcheckbox") attribute("aria-checked", String(has(state.checked)));
    if (role === "option" || role === "tab" || (role === "row" && element.closest("[role=grid]"))) attribute("aria-selected", String(has(state.selected)));
    attribute("aria-expanded", has(state.expanded) ? "true" : has(state.collapsed) ? "false" : null);
    attribute("aria-haspopup", has(state.hasPopup) ? (role === "combobox" ? "listbox" : "true") : null);
    attribute("aria-invalid", has(state.invalid) ? "true" : null);
    attribute("aria-current", has(state.current) ? "page" : null);
    attribute("aria-disabled", has(state.disabled) && !editable.has(role) ? "true" : null);
    attribute("aria-modal", has(state.modal) ? "true" : null);
    attribute("aria-sort", has(state.ascending) ? "ascending" : has(state.descending) ? "descending" : null);
    attribute("aria-multiselectable", has(state.multiple) ? "true" : null);
    attribute("aria-controls", more?.controls ? `n${more.controls}` : null);
    attribute("aria-activedescendant", more?.active ? `n${more.active}` : null);
    attribute("aria-keyshortcuts", more?.shortcut ?? null);
    const rows = role === "row" ? "aria-rowindex" : role === "grid" || role === "table" ? "aria-rowcount" : null;
    if (rows) attribute(rows, String(more?.index || more?.count || "") || null);
    else {
      attribute("aria-posinset", more?.index ? String(more.index) : null);
      attribute("aria-setsize", more?.count ? String(more.count) : null);
    }
    element.skipTab = has(state.skipTab) || has(state.disabled);
    if (element.tagName === "BUTTON") element.tabIndex = element.skipTab ? -1 : 0;
    else if (keys && !editable.has(role)) element.tabIndex = has(state.skipTab) ? -1 : 0;
    element.dataset.keys = keys;
    const style = element.style;
    if (w > 0 || h > 0) {
      const pixels = this.scale / 4;
      style.position = "absolute";
      style.left = `${left * pixels}px`;
      style.top = `${top * pixels}px`;
      style.width = `${w * pixels}px`;
      style.height = `${h * pixels}px`;
    }
    style.touchAction = has(state.drawnOn) ? "none" : "";
  }
}
