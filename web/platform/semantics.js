// The page's meaning: real elements beside the canvas, kept equal to what the widgets say of themselves (see
// semantics.h). They are transparent and lie exactly over what is drawn. Text fields are real inputs: while one has the
// focus it shows its own text, caret and composition; otherwise the canvas draws the text. What scrolls is a real
// element that scrolls, by wheel, finger, keys and whatever gets the focus; the canvas follows it.

const tags = {
  button: "button", radio: "button", checkbox: "button", switch: "button", tab: "button", option: "div", link: "a",
  textbox: "input", combobox: "input", searchbox: "input", multiline: "textarea",
  navigation: "nav", main: "main", complementary: "aside", banner: "header", region: "section", form: "form", dialog: "div",
  list: "ul", listitem: "li", listbox: "div", radiogroup: "div", group: "div", tablist: "div",
  table: "table", rowgroup: "tbody", row: "tr", columnheader: "th", cell: "td",
  text: "span", status: "div", alert: "div", progressbar: "div", img: "span",
};
// Elements that have their role by themselves.
const native = new Set(["button", "link", "textbox", "searchbox", "multiline", "navigation", "main", "complementary", "banner", "form", "list", "listitem", "table", "rowgroup", "row", "columnheader", "cell", "heading", "text"]);
const editable = new Set(["textbox", "combobox", "searchbox", "multiline"]);
const leaves = new Set(["button", "radio", "checkbox", "switch", "tab", "link", "option"]);
// As in semantics.h.
const state = { disabled: 1, checked: 2, selected: 4, expanded: 8, invalid: 16, current: 32, focus: 64, hasPopup: 128, required: 256, collapsed: 512, skipTab: 1024, drawnOn: 2048 };

export class Semantics {
  #root;
  #live;
  #nodes = new Map();
  #shortcuts = new Set();

  constructor(root, live, page) {
    this.#root = root;
    this.#live = live;
    this.page = page;
    root.addEventListener("input", (event) => this.#text(event.target));
    root.addEventListener("compositionend", (event) => this.#text(event.target));
    root.addEventListener("focusin", (event) => page.focus(this.#id(event.target), event.target.matches(":focus-visible")));
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
    root.addEventListener("scroll", ({ target }) => target.sizer && page.scroll(this.#id(target), target.scrollLeft, target.scrollTop), true);
    this.#measureScrollbar();
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  // What scroll bars take of the place, 0 where they lie over it.
  #measureScrollbar() {
    const probe = document.createElement("div");
    probe.className = "scrolls";
    probe.style.cssText = "position:absolute;width:99px;height:99px;overflow:scroll";
    this.#root.append(probe);
    this.page.scrollbar(probe.offsetWidth - probe.clientWidth);
    probe.remove();
  }

  #id(element) {
    return Number(element?.closest?.("[data-id]")?.dataset.id ?? 0);
  }

  #text(element) {
    if (!editable.has(element.dataset?.role)) return;
    this.page.text(Number(element.dataset.id), element.value);
  }

  #key(event) {
    // The first key of a composition comes as 229 before isComposing is true.
    if (event.isComposing || event.keyCode === 229) return;
    const target = event.target.closest?.("[data-id]");
    const name = `${event.ctrlKey || event.metaKey ? "Control+" : ""}${event.altKey ? "Alt+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
    const keys = target?.dataset.keys?.split(" ") ?? [];
    if (keys.includes(name)) {
      event.preventDefault();
      this.page.key(Number(target.dataset.id), name);
      return;
    }
    if (target && !editable.has(target.dataset.role) && this.#walk(target, event.key)) return event.preventDefault();
    const typing = target && editable.has(target.dataset.role);
    if (this.#shortcuts.has(name) && (!typing || name.startsWith("Control+") || name.startsWith("Alt+") || name === "Escape")) {
      event.preventDefault();
      this.page.key(0, name);
    }
  }

  // Arrow keys among the items of a list, the choices of a group, the tabs of a bar.
  #walk(element, key) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (!step) return false;
    const group = element.closest("[role=radiogroup],[role=tablist],ul,table,nav");
    if (!group) return false;
    const items = [...group.querySelectorAll("[data-id]")].filter((item) => leaves.has(item.dataset.role) && !item.disabled && item.dataset.role === element.dataset.role);
    const next = items[items.indexOf(element) + step];
    if (!next) return false;
    next.focus();
    if (next.dataset.role === "radio" || next.dataset.role === "tab") this.page.activate(Number(next.dataset.id));
    return true;
  }

  // `said`: { nodes: [[id, parent, role, name, value, x, y, w, h, flags, level, keys, extra, scroll?]…], shortcuts, announce }
  // scroll: [width and height of the content, where it stands, where it is to go]
  apply(said) {
    this.#shortcuts = new Set(said.shortcuts);
    if (said.announce) this.#live.textContent = said.announce;
    const wanted = new Map(said.nodes.map((node) => [node[0], node]));
    for (const [id, element] of this.#nodes)
      if (!wanted.has(id) || wanted.get(id)[2] !== element.dataset.role) {
        // Children that stay find a new place below.
        element.remove();
        this.#nodes.delete(id);
      }
    const next = new Map();
    let focus = null;
    for (const node of said.nodes) {
      const [id, parent] = node;
      let element = this.#nodes.get(id);
      if (!element) {
        element = this.#make(node);
        this.#nodes.set(id, element);
      }
      const home = parent ? this.#nodes.get(parent) : this.#root;
      this.#set(element, node, home);
      const before = next.has(home) ? next.get(home) : home.firstElementChild;
      if (before === element) next.set(home, element.nextElementSibling);
      else {
        home.insertBefore(element, before);
        next.set(home, before);
      }
      if (node[13]) this.#scroll(element, node[13]);
      if (node[9] & state.focus) focus = element;
    }
    if (focus && document.activeElement !== focus) focus.focus({ focusVisible: true });
  }

  #scroll(element, [width, height, x, y, to]) {
    const fresh = !element.sizer;
    if (fresh) {
      element.classList.add("scrolls");
      element.sizer = document.createElement("div");
      element.sizer.className = "sizer";
      element.append(element.sizer);
    }
    const size = `${width}px ${height}px`;
    if (element.sizer.size !== size) {
      element.sizer.size = size;
      element.sizer.style.width = `${width}px`;
      element.sizer.style.height = `${height}px`;
    }
    if (to >= 0) element.scrollTop = to;
    else if (fresh && (x || y)) element.scrollTo(x, y);
  }

  #make([id, , role, , , , , , , , level]) {
    const element = document.createElement(role === "heading" ? `h${level || 2}` : tags[role] ?? "div");
    element.dataset.id = id;
    element.dataset.role = role;
    element.id = `n${id}`;
    if (!native.has(role)) element.setAttribute("role", role);
    if (element.tagName === "BUTTON") element.type = "button";
    if (editable.has(role)) {
      element.autocomplete = "off";
      element.spellcheck = false;
      if (role === "searchbox") element.type = "search";
    }
    return element;
  }

  // Places are relative to the nearest element around it that has one: what scrolls carries its content along.
  #set(element, [, , role, name, value, x, y, w, h, flags, level, keys, extra, scroll], home) {
    const placed = w > 0 || h > 0;
    const [originX, originY] = home.origin ?? [0, 0];
    element.origin = placed ? [x - (scroll?.[2] ?? 0), y - (scroll?.[3] ?? 0)] : home.origin;
    const left = x - originX;
    const top = y - originY;
    const signature = JSON.stringify([name, value, left, top, w, h, flags & ~state.focus, level, keys, extra]);
    if (element.signature === signature && (!editable.has(role) || element.value === value)) return;
    element.signature = signature;
    const attribute = (key, text) => (text === null ? element.removeAttribute(key) : element.getAttribute(key) === text || element.setAttribute(key, text));
    if (role === "text" || role === "heading" || role === "alert" || role === "status") {
      if (element.textContent !== name) element.textContent = name;
    } else attribute("aria-label", name || null);
    if (editable.has(role)) {
      if (element.value !== value) element.value = value;
      attribute("placeholder", extra || null);
      attribute("aria-required", flags & state.required ? "true" : null);
      element.readOnly = Boolean(flags & state.disabled);
    } else if (extra) attribute("aria-description", extra);
    if (role === "progressbar") attribute("aria-valuenow", value);
    else if (!editable.has(role) && value) attribute("aria-valuetext", value);
    if (role === "radio" || role === "checkbox" || role === "switch") attribute("aria-checked", String(Boolean(flags & state.checked)));
    if (role === "option" || role === "tab") attribute("aria-selected", String(Boolean(flags & state.selected)));
    if (flags & (state.expanded | state.collapsed)) attribute("aria-expanded", String(Boolean(flags & state.expanded)));
    attribute("aria-invalid", flags & state.invalid ? "true" : null);
    attribute("aria-current", flags & state.current ? "page" : null);
    attribute("aria-disabled", flags & state.disabled ? "true" : null);
    if (element.tagName === "BUTTON") element.tabIndex = flags & (state.skipTab | state.disabled) ? -1 : 0;
    element.dataset.keys = keys;
    const style = element.style;
    if (placed) {
      style.position = "absolute";
      style.left = `${left}px`;
      style.top = `${top}px`;
      style.width = `${w}px`;
      style.height = `${h}px`;
    }
    if (flags & state.drawnOn) style.touchAction = "none";
  }
}
