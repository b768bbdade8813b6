// The command line as scripts and headquarters use it. Usage: node run.mjs GUANJIA; ends with "N passed, N failed".
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { workbook } from "../web/workbook.mjs";
import { play, text } from "../../scripts/lib/sample_day.mjs";

const guanjia = path.resolve(process.argv[2]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "guanjia-"));
const at = (name) => path.join(folder, name);

function call(words, input) {
  const result = spawnSync(guanjia, words, { encoding: "utf8", input });
  const lines = result.stdout.trim().split("\n").filter(Boolean);
  return { code: result.status, out: result.stdout, error: result.stderr, rows: lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)) };
}
const tables = (name) => call(["check", at(name)]).rows[0];

const cases = [];
const test = (name, body) => cases.push([name, body]);
const day = play(guanjia, path.join(folder, "day"));

test("a day at two desks is accepted but for what must be refused, each under its clause", () => {
  for (const [lines, { answers, code }] of day.played) {
    assert.equal(lines.length, answers.length);
    lines.forEach((line, index) => {
      const answer = answers[index];
      if (!line.refused) return assert.ok(answer.ok, JSON.stringify([line, answer]));
      assert.equal(answer.ok, false, JSON.stringify(line));
      assert.equal(answer.clause, line.refused);
      assert.match(answer.message, /[\u4e00-\u9fff]/);
    });
    assert.equal(code, lines.some((line) => line.refused) ? 3 : 0);
  }
  assert.ok(day.lines >= 190, `${day.lines} lines`);
});

test("headquarters gets the same tables and figures in whatever order the files come", () => {
  const files = ["registry", "a", "b"].map((name) => day.at(`${name}.gjslice`));
  const digests = [];
  const figures = [];
  for (const order of [[0, 1, 2], [2, 1, 0], [2, 0, 1, 2], [1, 2]]) {
    const database = at(`hq${order.join("")}.gjdb`);
    assert.equal(call(["init", database, "--centre", "HQ", "--name", "总部", "--desk", "1"]).code, 0);
    for (const index of order) assert.equal(call(["import", database, files[index], "--now", day.now]).code, 0);
    digests.push(call(["check", database]).rows[0]);
    figures.push(call(["query", database, "figures"]).out + call(["query", database, "compliance", "--now", "2026-02-14T18:01"]).out);
  }
  for (const digest of digests) assert.deepEqual(digest, digests[0]);
  for (const figure of figures) assert.equal(figure, figures[0]);
  assert.ok(digests[0].ok);
  assert.equal(digests[0].tables, call(["check", day.at("hq.gjdb")]).rows[0].tables);
});

// As many rows as a city's public list of requests has, as dirty: no end, ends before they began, odd times, a number twice.
function oldTickets() {
  const rows = [["原编号", "登记时间", "完成时间", "状态", "类别", "内容", "地址", "处理结果", "备注"]];
  const two = (number) => String(number).padStart(2, "0");
  let seed = 7;
  const below = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  for (let index = 0; index < 5895; ++index) {
    const opened = `${two(1 + below(12))}/${two(1 + below(28))}/${2018 + below(6)} ${two(1 + below(12))}:${two(below(60))}:00 ${below(2) ? "AM" : "PM"}`;
    const closed = below(10) < 4 ? `0${1 + below(9)}/15/2024 12:00:00 AM` : "";
    rows.push([String(45633481 + index), opened, closed, closed ? "Closed" : "In Progress", "宠物,扰民", `第 ${index} 件：“叫声”\n夜里`, `${1 + below(900)} 号`, closed ? "已处理" : "", "x"]);
  }
  for (const row of [1500, 1942]) rows[row][2] = "01/01/1900 12:00:00 AM";
  rows[77][1] = "昨天";
  rows[78][0] = rows[76][0];
  return rows;
}

// The characters of GBK by their two bytes, told by the decoder.
function encodeGbk(words) {
  const bytes = new Map();
  const decoder = new TextDecoder("gbk");
  for (let high = 0x81; high < 0xff; ++high)
    for (let low = 0x40; low < 0xff; ++low) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && !bytes.has(character)) bytes.set(character, [high, low]);
    }
  return Buffer.from([...words].flatMap((character) => (character < "\x80" ? character.charCodeAt(0) : bytes.get(character))));
}

test("GEN-3.2 some thousand old tickets come in from CSV, GBK and a workbook: dirty rows told one by one, none lost, none twice", () => {
  const rows = oldTickets();
  const csv = rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")).join("\r\n");
  fs.writeFileSync(at("old.csv"), csv);
  fs.writeFileSync(at("gbk.csv"), encodeGbk(csv));
  fs.writeFileSync(at("old.xlsx"), workbook(rows));
  const told = [];
  for (const [file, format] of [["old.csv", "UTF-8"], ["gbk.csv", "GBK"], ["old.xlsx", "XLSX"]]) {
    const database = at(`${file}.gjdb`);
    assert.equal(call(["init", database, "--centre", "SZ01", "--name", "天下城", "--desk", "1"]).code, 0);
    call(["exec", database], '{"command":"add_staff","code":"M01","name":"陈经理"}\n{"command":"grant_role","staff":"M01","role":"manager"}\n');
    const take = (...more) => call(["import-table", database, at(file), "tickets", "--by", "M01", ...more]);
    const looked = take("--preview");
    assert.equal(looked.rows.at(-1).fresh, 5891);
    assert.deepEqual(call(["query", database, "tickets"]).rows, []);
    const taken = take("--columns", "备注=wish");
    assert.equal(taken.code, 3);
    const { format: read, entered, repeated, refused } = taken.rows.at(-1);
    assert.deepEqual([read, entered, repeated, refused], [format, 5891, 1, 3]);
    assert.equal(entered + repeated + refused, rows.length - 1);
    told.push(JSON.stringify(taken.rows.slice(0, -1)));
    // The same again: nothing is new, and the column that a person mapped is mapped.
    const again = take().rows.at(-1);
    assert.deepEqual([again.entered, again.known], [0, 5892]);
    assert.ok(again.columns.some(({ column, field }) => column === "备注" && field === "wish"));
    assert.ok(call(["check", database]).rows[0].ok);
  }
  for (const rest of told) assert.equal(rest, told[0]);
  assert.match(told[0], /早于登记时间/);
  assert.equal(call(["import-table", at("old.csv.gjdb"), at("old.csv"), "units", "--by", "M01", "--preview"]).rows.at(-1).known > 0, true);
  assert.equal(call(["import-table", at("old.csv.gjdb"), at("nothing.csv"), "units", "--by", "M01"]).code, 2);
  assert.equal(call(["import-table", at("old.csv.gjdb"), at("old.csv"), "tickets", "--by", "M01", "--columns", "没有=unit"]).code, 2);
});

test("duties name their clause, what is overdue comes first", () => {
  const rows = call(["duties", day.at("hq.gjdb"), "--at", "2026-02-14T18:01"]).rows;
  assert.ok(rows.length > 0);
  const statuses = rows.map((row) => row.status);
  assert.deepEqual(statuses, [...statuses].sort().reverse());
  for (const row of rows) assert.ok(row.clause && row.due && row.number);
  assert.ok(rows.some((row) => row.clause === "RV-4.1" && row.role === "manager"));
});

test("working days by the official calendar", () => {
  const date = (after, days) => call(["calc", "working-day", "--after", after, "--days", String(days)]).rows[0].date;
  assert.equal(date("2026-02-13", 1), "2026-02-14");
  assert.equal(date("2026-02-14", 1), "2026-02-24");
  assert.deepEqual(call(["calc", "is-working-day", "--on", "2026-02-14"]).rows[0], { working: true });
  assert.deepEqual(call(["calc", "is-working-day", "--on", "2026-02-16"]).rows[0], { working: false });
  assert.equal(call(["calc", "is-working-day", "--on", "2026-02-30"]).code, 2);
  for (const [orders, sample] of [[0, 0], [1, 1], [2, 2], [3, 3], [9, 3], [10, 3], [11, 4], [100, 30], [101, 31]])
    assert.deepEqual(call(["calc", "sample", "--orders", String(orders)]).rows[0], { sample });
  assert.equal(call(["calc", "sample", "--orders", "-1"]).code, 2);
  assert.equal(call(["calc", "sample"]).code, 2);
  assert.equal(call(["calc", "working-day", "--after", "2026-02-13", "--days", "-1"]).code, 2);
});

test("every clause is listed, and what is marked tested has a test case of its name", () => {
  const rows = call(["clauses"]).rows;
  const catalogue = JSON.parse(fs.readFileSync(new URL("../../assets/procedure/clauses.json", import.meta.url)));
  assert.deepEqual(rows.map((row) => row.id), catalogue.map((clause) => clause.id));
  const implemented = rows.filter((row) => row.implemented).map((row) => row.id);
  for (const id of ["GEN-1.1", "GEN-2.1", "GEN-2.2", "GEN-3.2", "GEN-3.3", "RV-2", "RV-3.1", "RV-4.1", "RV-4.3", "RV-5"]) assert.ok(implemented.includes(id), id);
  for (const row of rows) assert.ok(!row.tested || row.implemented);
  for (const row of rows) if (row.implemented) assert.ok(row.tested, `${row.id} is implemented and has no test`);
  assert.ok(!implemented.includes("COL-4.3"));
});

// All of GEN and RV but what comes with the office: messages and meetings, what each person sees and confirms.
const elsewhere = ["GEN-0", "GEN-4.1", "GEN-4.2", "GEN-S6"];
test("every clause of general service and of return visits is implemented and tested", () => {
  const rows = call(["clauses"]).rows.filter((row) => ["GEN", "RV"].includes(row.procedure));
  assert.equal(rows.filter((row) => row.procedure === "RV").length, 9);
  for (const id of elsewhere) assert.ok(rows.some((row) => row.id === id), `${id} is no clause of these`);
  const lacking = rows.filter((row) => !elsewhere.includes(row.id) && !(row.implemented && row.tested));
  assert.deepEqual(lacking.map((row) => row.id), []);
});

test("a wording changes as data, from a day on, with its history, and a ticket's step card keeps that of its day", () => {
  const database = at("wordings.gjdb");
  call(["init", database, "--centre", "SZ01", "--name", "天下城", "--desk", "1"]);
  const run = (now, ...commands) => call(["exec", database, "--now", now], commands.map((command) => JSON.stringify(command)).join("\n")).rows;
  const set = { command: "set_wording", by: "M01", name: "step-card.repair", text: "先登记\n再上门", reason: "按经理会议" };
  const answers = run(
    "2026-02-13T09:00",
    { command: "add_staff", code: "M01", name: "陈经理" },
    { command: "grant_role", staff: "M01", role: "manager" },
    { command: "grant_role", by: "M01", staff: "M01", role: "butler" },
    { command: "add_unit", by: "M01", code: "3-502" },
    { command: "register_ticket", by: "M01", kind: "repair", priority: "normal", words: "漏水", unit: "3-502" },
    { ...set, effective_from: "2026-02-14" },
    { ...set, effective_from: "2026-02-12" },
    { ...set, text: "" },
  );
  assert.deepEqual(answers.map((answer) => answer.ok), [true, true, true, true, true, true, false, false]);
  for (const refused of answers.slice(6)) assert.equal(refused.clause, "GEN-S5");
  const card = (record, now) => call(["form", database, "step-card", record, "--now", now]).out;
  assert.match(card("repair", "2026-02-13T09:00"), /与您约定上门时间/);
  assert.match(card("repair", "2026-02-14T00:00"), /再上门/);
  const ticket = answers[4].added.find((added) => added.number).number;
  assert.match(card(ticket, "2026-02-14T09:00"), /与您约定上门时间/);
  const row = call(["query", database, "wordings", "--now", "2026-02-14T09:00"]).rows.find((known) => known.name === "step-card.repair");
  assert.equal(row.text, "先登记\n再上门");
  assert.deepEqual(row.history, [{ from: "2026-02-14", text: "先登记\n再上门", reason: "按经理会议", by: "M01" }]);
});

test("commands, queries and forms describe themselves", () => {
  const rows = call(["commands", "--lang", "en"]).rows;
  const register = rows.find((row) => row.command === "register_ticket");
  assert.ok(register.purpose.length > 10);
  assert.deepEqual(register.fields.find((field) => field.name === "kind").choices, ["enquiry", "repair", "complaint", "suggestion", "praise", "other"]);
  assert.equal(rows.filter((row) => row.form).length, 7);
  for (const row of rows.filter((known) => known.query && known.columns)) assert.equal(call(["query", day.at("hq.gjdb"), row.query]).code, 0, row.query);
});

test("what was done last is taken back by whoever did it, once", () => {
  const database = at("undo.gjdb");
  assert.equal(call(["init", database, "--centre", "SZ01", "--name", "天下城", "--desk", "1"]).code, 0);
  const lines = ['{"command":"add_staff","code":"M01","name":"陈"}', '{"command":"grant_role","staff":"M01","role":"manager"}',
    '{"command":"add_staff","by":"M01","code":"G01","name":"林"}', '{"command":"grant_role","by":"M01","staff":"G01","role":"butler"}',
    '{"command":"record_reception","by":"G01","channel":"visit","need":"电梯响"}'];
  const entry = String(call(["exec", database, "-"], lines.join("\n")).rows.at(-1).entry);
  assert.equal(call(["undo", database, entry]).rows[0].reason, "record.unknown");
  assert.equal(call(["undo", database, "x", "--by", "G01"]).code, 2);
  assert.equal(call(["undo", database, "99", "--by", "G01"]).rows[0].reason, "undo.unknown");
  assert.equal(call(["undo", database, "2", "--by", "M01"]).rows[0].reason, "undo.not-undoable");
  const undone = call(["undo", database, entry, "--by", "G01"]);
  assert.equal(undone.code, 0);
  assert.equal(undone.rows[0].added[0].kind, "voiding");
  assert.equal(call(["query", database, "receptions"]).rows.length, 0);
  const again = call(["undo", database, entry, "--by", "G01"]);
  assert.equal(again.code, 3);
  assert.match(again.rows[0].message, /[\u4e00-\u9fff]/);
});

test("a refusal says who may override it, and the word of one who may is recorded and counted", () => {
  const database = at("override.gjdb");
  assert.equal(call(["init", database, "--centre", "SZ01", "--name", "天下城", "--desk", "1"]).code, 0);
  const lines = [{ command: "add_staff", code: "M01", name: "陈" }, { command: "grant_role", staff: "M01", role: "manager" },
    { command: "add_staff", by: "M01", code: "G01", name: "林" }, { command: "grant_role", by: "M01", staff: "G01", role: "butler" },
    { command: "register_ticket", by: "G01", kind: "repair", priority: "normal", words: "跳闸", caller_name: "张三" }];
  const { number } = call(["exec", database, "-", "--now", "2026-03-09T09:00"], text(lines)).rows.at(-1);
  const close = { command: "close_ticket", by: "G01", ticket: number, solution: "换开关" };
  const said = (more) => call(["exec", database, "-", "--now", "2026-03-09T10:00"], text([{ ...close, ...more }])).rows[0];
  const { override, ...refusal } = said({});
  assert.deepEqual([refusal.clause, override.guard, override.roles], ["GEN-2.2", "unknown_cause", ["manager"]]);
  assert.equal(said({ override_reason: "找不到" }).reason, "override.not-entitled");
  assert.equal(said({ override: "unsigned_door_step", override_reason: "找不到", override_by: "M01" }).reason, "closing.cause-missing");
  const accepted = said({ override_reason: "查了三次找不到", override_by: "M01" });
  assert.equal(accepted.added.at(-1).kind, "override");
  const now = ["--now", "2026-03-09T11:00"];
  assert.equal(call(["query", database, "overrides", ...now]).rows[0].entitled, "M01");
  const counted = call(["query", database, "compliance", "from=2026-03-01", "to=2026-03-31", "by=week", ...now]).rows.find((row) => row.clause === "GEN-2.2");
  assert.deepEqual([counted.week, counted.overridden, counted.refused], ["2026-03-09", 1, 3]);
  assert.equal(call(["query", database, "compliance", ...now]).rows.find((row) => row.clause === "GEN-2.2").overridden, 1);
  assert.equal(call(["query", database, "compliance", "by=hour", ...now]).code, 2);
  assert.ok(call(["query", database, "guards"]).rows.some((row) => row.guard === "unknown_cause"));
  assert.match(call(["form", database, "register", "2026-03", "--by", "G01", ...now]).rows[0].clause, /RV-4\.6/);
});

test("bad input gets a sentence and an exit code, and nothing is lost", () => {
  assert.equal(call([]).code, 2);
  assert.equal(call(["nonsense"]).code, 2);
  assert.equal(call(["exec", at("none.gjdb")], "{}").code, 2);
  assert.equal(call(["init", at("x.gjdb"), "--centre", "SZ01", "--name", "天下城", "--desk", "0"]).code, 2);
  assert.equal(call(["init", at("x.gjdb"), "--centre", "SZ01", "--name", "天下城", "--desk", "703"]).code, 2);
  assert.equal(fs.existsSync(at("x.gjdb")), false);
  assert.equal(call(["init", at("x.gjdb"), "--centre", "SZ01", "--name", "天下城", "--desk", "1"]).code, 0);
  assert.equal(call(["init", at("x.gjdb"), "--centre", "SZ01", "--name", "天下城", "--desk", "1"]).rows[0].reason, "store.exists");
  fs.writeFileSync(at("text.gjdb"), "这不是数据库".repeat(1000));
  assert.equal(call(["query", at("text.gjdb"), "tickets"]).code, 2);
  assert.ok(call(["query", at("text.gjdb"), "tickets"]).rows[0].message);

  const lines = ["not json", "[]", '{"command":"nonsense"}', '{"command":"add_staff","code":["x"]}', '{"command":"add_staff","code":"M01","name":"陈","colour":"red"}',
    '{"command":"add_staff","code":"M01","name":"坏\\u0007字"}', `{"command":"add_staff","code":"M01","name":"${"长".repeat(500)}"}`, '{"command":"add_unit","code":"1-1"}',
    '{"command":"add_staff","code":"M01","name":"陈","occurred_at":"2026-02-30T09:00"}', '{"command":"add_staff","code":"M01","name":"陈","occurred_at":"2199-01-01T09:00"}',
    '{"command":"add_staff","code":"M01"}', `{"command":"add_staff","name":"${"x".repeat(2 << 20)}"}`];
  const answered = call(["exec", at("x.gjdb"), "-"], lines.join("\n"));
  assert.equal(answered.rows.length, lines.length);
  for (const row of answered.rows) assert.ok(row.ok === false && row.message && row.reason, JSON.stringify(row));
  assert.equal(answered.code, 2);
  assert.equal(call(["exec", at("x.gjdb"), "-"], '{"command":"nonsense"}').code, 3);
  assert.equal(call(["exec", at("x.gjdb"), "-"], '{"command":"add_staff","code":"M01","name":"陈"}').code, 0);
  const refusals = call(["query", at("x.gjdb"), "refusals"]).rows;
  assert.equal(refusals.length, 9);
  assert.ok(!JSON.stringify(refusals).includes("长长"));
  assert.ok(call(["check", at("x.gjdb")]).rows[0].ok);
  assert.equal(call(["import", at("x.gjdb"), at("text.gjdb")]).rows[0].reason, "exchange.not-a-slice");
  assert.equal(call(["export-day", at("x.gjdb"), "--date", "2026-02-30", "-o", at("x.gjslice")]).code, 2);
  assert.equal(call(["export-day", at("x.gjdb"), "--date", "2001-01-01", "-o", at("x.gjslice")]).code, 3);
  assert.equal(fs.existsSync(at("x.gjslice")), false);
});

test("a file tells what it holds, and damage is found", () => {
  const file = day.at("a.gjslice");
  const [head, ...entries] = call(["inspect", file, "--entries"]).rows;
  assert.equal(head.day, "2026-02-13");
  assert.equal(entries.length, head.entries);
  assert.equal(entries.at(-1).hash, head.hash_last);
  const journal = call(["journal", day.at("hq.gjdb")]).rows.filter((row) => row.incarnation === head.incarnation);
  assert.deepEqual(journal.map((row) => row.hash), entries.map((row) => row.hash));
  const bytes = fs.readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  fs.writeFileSync(at("damaged.gjslice"), bytes);
  assert.equal(call(["inspect", at("damaged.gjslice")]).code, 3);
  const before = call(["check", day.at("hq.gjdb")]).rows[0];
  assert.equal(call(["import", day.at("hq.gjdb"), at("damaged.gjslice")]).code, 3);
  assert.deepEqual(call(["check", day.at("hq.gjdb")]).rows[0], before);
});

test("forms are whole pages, masked, escaped, and say 电话回访", () => {
  const page = fs.readFileSync(day.at("complaint.html"), "utf8");
  for (const part of ["业主投诉受理单", "TS-20260213-A001", "依据 RV-4.1"]) assert.ok(page.includes(part), part);
  assert.ok(!/138\d{8}/.test(page));
  const visits = call(["query", day.at("hq.gjdb"), "return_visits", "method=phone"]).rows;
  assert.match(call(["form", day.at("hq.gjdb"), "return-visit-record", visits[0].number]).out, /电话回访，不需签名/);
  assert.match(fs.readFileSync(day.at("visit.html"), "utf8"), /<path d="M20 60l0 0L34 30/);
  assert.equal(call(["form", day.at("hq.gjdb"), "nonsense", "TS-20260213-A001"]).code, 3);
  assert.equal(call(["form", day.at("hq.gjdb"), "return-visit-record", "ZX-20260213-A001"]).rows[0].clause, "RV-5");
  const evil = { command: "register_ticket", by: "G01", kind: "complaint", priority: "low", words: "<script>alert('吵')</script>", unit: "1栋1单元101", occurred_at: "2026-02-13T17:30" };
  const [{ number }] = call(["exec", day.at("a.gjdb"), "-", "--now", day.now], text([evil])).rows;
  const html = call(["form", day.at("a.gjdb"), "complaint-record", number]).out;
  assert.ok(html.includes("&lt;script&gt;") && !html.includes("<script>"));
});

test("a photo is kept before a command names it, and goes to headquarters in a day file that carries it", () => {
  const size = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 16, 0, 32]);
  const picture = Buffer.concat([size, Buffer.from("a leak under the sink")]);
  fs.writeFileSync(at("leak.jpg"), picture);
  fs.writeFileSync(at("leak.txt"), "a leak under the sink");
  const database = day.at("a.gjdb");
  assert.equal(call(["keep-photo", database, at("leak.txt")]).rows[0].reason, "photo.unreadable");
  assert.equal(call(["keep-photo", database, at("nothing.jpg")]).code, 2);
  const [{ hash, bytes }] = call(["keep-photo", database, at("leak.jpg")]).rows;
  const ticket = call(["query", database, "tickets"]).rows[0].number;
  const add = { command: "add_photo", by: "G01", ticket, hash, bytes, occurred_at: "2026-02-13T17:40" };
  assert.equal(call(["exec", database, "-", "--now", day.now], text([add])).code, 0);
  const carry = (...words) => {
    call(["export-day", database, "--date", "2026-02-13", "-o", at("photos.gjslice"), "--now", day.now, ...words]);
    return call(["import", day.at("hq.gjdb"), at("photos.gjslice"), "--now", day.now]).rows[0];
  };
  const take = () => call(["photo", day.at("hq.gjdb"), hash, "-o", at("taken.jpg")]);
  assert.equal(carry().photos, undefined);
  assert.equal(take().rows[0].reason, "photo.not-here");
  assert.equal(carry("--photos").photos, 1);
  assert.equal(take().code, 0);
  assert.deepEqual(fs.readFileSync(at("taken.jpg")), picture);
});

test("an erased person's photos go, and what was kept just now stays to be named", () => {
  const database = at("erased.gjdb");
  call(["init", database, "--centre", "SZ01", "--name", "某中心", "--desk", "1"]);
  const exec = (...lines) => call(["exec", database, "-"], text(lines)).rows;
  exec({ command: "add_staff", code: "M01", name: "陈国强" }, { command: "grant_role", staff: "M01", role: "manager" }, { command: "grant_role", by: "M01", staff: "M01", role: "butler" });
  const [{ added: [{ id: owner }] }] = exec({ command: "add_owner", by: "M01", name: "张三" });
  const [{ number: ticket }] = exec({ command: "register_ticket", by: "M01", kind: "repair", priority: "normal", owner, words: "漏水" });
  const keep = (words) => {
    fs.writeFileSync(at("one.jpg"), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 16, 0, 32]), Buffer.from(words)]));
    return call(["keep-photo", database, at("one.jpg")]).rows[0];
  };
  const kept = ({ hash }) => fs.existsSync(path.join(`${database}.photos`, hash));
  const age = ({ hash }) => fs.utimesSync(path.join(`${database}.photos`, hash), 1e9, 1e9);
  const named = keep("named");
  assert.equal(exec({ command: "add_photo", by: "M01", ticket, hash: named.hash, bytes: named.bytes })[0].ok, true);
  age(named);
  const unnamed = keep("not named yet");
  exec({ command: "add_unit", by: "M01", code: "1-1" });
  assert.deepEqual([kept(named), kept(unnamed)], [true, true]);
  assert.equal(exec({ command: "erase_owner", by: "M01", owner, reason: "本人要求" })[0].ok, true);
  assert.deepEqual([kept(named), kept(unnamed)], [false, true]);
});

test("two processes write one file, and each decides on what the other has recorded", () => {
  const database = at("shared.gjdb");
  call(["init", database, "--centre", "SZ01", "--name", "某中心", "--desk", "1"]);
  call(["exec", database, "-"], text([{ command: "add_staff", code: "M01", name: "陈国强" }, { command: "grant_role", staff: "M01", role: "manager" }]));
  const names = ["one", "two"];
  const codes = Array.from({ length: 60 }, (_, number) => `1-${number}`);
  for (const name of names) fs.writeFileSync(at(name), text(codes.map((code) => ({ command: "add_unit", by: "M01", code }))));
  spawnSync("sh", ["-c", names.map((name) => `'${guanjia}' exec '${database}' '${at(name)}' > '${at(name)}.out'`).join(" & ") + " & wait"]);
  const answers = names.flatMap((name) => fs.readFileSync(`${at(name)}.out`, "utf8").trim().split("\n").map((line) => JSON.parse(line)));
  assert.deepEqual([true, false].map((ok) => answers.filter((answer) => answer.ok === ok).length), [60, 60]);
  assert.ok(answers.every(({ ok, reason }) => ok || reason === "unit.code-taken"), JSON.stringify(answers.find(({ ok }) => !ok)));
  assert.equal(tables("shared.gjdb").ok, true);
});

test("a restored copy is a fork until it has taken a new identity", () => {
  fs.copyFileSync(day.at("b.gjdb"), at("copy.gjdb"));
  const unit = (code) => text([{ command: "add_unit", by: "G02", code, occurred_at: "2026-02-13T17:50" }]);
  const send = (name, code) => {
    assert.equal(call(["exec", name, "-", "--now", day.now], unit(code)).code, 0);
    call(["export-day", name, "--date", "2026-02-13", "-o", at("one.gjslice"), "--now", day.now]);
    return call(["import", day.at("hq.gjdb"), at("one.gjslice"), "--now", day.now]);
  };
  assert.equal(send(day.at("b.gjdb"), "9-1").code, 0);
  const fork = send(at("copy.gjdb"), "9-2");
  assert.equal(fork.code, 3);
  assert.equal(fork.rows[0].reason, "exchange.fork");
  assert.equal(call(["query", day.at("hq.gjdb"), "forks"]).rows.length, 1);
  assert.equal(call(["adopt", at("copy.gjdb")]).code, 0);
  assert.equal(send(at("copy.gjdb"), "9-3").code, 0);
});

let passed = 0;
let failed = 0;
for (const [name, body] of cases) {
  try {
    body();
    passed += 1;
    console.log(`ok  ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
fs.rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
