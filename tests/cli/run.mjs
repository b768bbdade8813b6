// The command line as scripts and headquarters use it. Usage: node run.mjs GUANJIA; ends with "N passed, N failed".
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
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
