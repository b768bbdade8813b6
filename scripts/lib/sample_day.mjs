// A day at two desks of one centre, written as a person would: about 200 commands in Chinese. Played by scripts/run sample-day and
// by the tests of the command line. Usage: node sample_day.mjs GUANJIA FOLDER
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const surnames = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"];
const given = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "文博", "思远", "子涵", "雨桐", "浩然", "㛃", "𠮷", "欣怡"];
const problems = [
  ["repair", "水管", "厨房水槽下面一直滴水，柜子都泡了", "今天能修好", "密封圈老化", "更换密封圈并试水半小时"],
  ["repair", "照明", "楼道三层的灯不亮，老人晚上下楼害怕", "尽快换灯", "镇流器烧毁", "换成声控LED灯"],
  ["repair", "门禁", "刷卡进不了单元门，已经两天了", "今天修好", "读卡器进水", "更换读卡器并加装雨罩"],
  ["complaint", "电梯", "电梯半夜咯吱咯吱响，整晚睡不着", "请厂家来检修", "导靴磨损", "更换导靴并润滑导轨"],
  ["complaint", "噪音", "楼上装修周末也在施工，孩子没法午睡", "周末停工", "装修方不知规定", "已约谈并张贴施工时间"],
  ["complaint", "保洁", "地下车库垃圾三天没人收，味道很重", "每天清运", "排班遗漏", "补排晚班并由主管每日巡查"],
  ["enquiry", "停车", "想问月租车位还有没有，多少钱一个月", "", "客户需要车位信息", "已告知价格和登记办法"],
  ["enquiry", "装修", "装修要办什么手续，押金多少", "", "客户准备装修", "已发步骤卡并约好现场确认"],
];

// The registry of the centre is kept at the first desk.
export function registry() {
  const lines = [];
  const staff = (code, name, department, roles, by) => {
    lines.push({ command: "add_staff", by, code, name, department, occurred_at: "2026-02-13T08:30" });
    for (const role of roles) lines.push({ command: "grant_role", by, staff: code, role, occurred_at: "2026-02-13T08:30" });
  };
  staff("M01", "陈国强", "服务中心", ["manager"], undefined);
  staff("G01", "林小雨", "前台", ["butler"], "M01");
  staff("G02", "黄志明", "前台", ["assistant-butler"], "M01");
  staff("W01", "周建国", "工程部", ["supervisor"], "M01");
  staff("B01", "刘桂英", "保洁部", ["supervisor"], "M01");
  for (let index = 0; index < 24; index += 1) {
    const code = `${(index % 4) + 1}栋${(index % 2) + 1}单元${Math.floor(index / 4) + 1}0${(index % 3) + 1}`;
    const name = surnames[index] + given[index];
    lines.push({ command: "add_unit", by: "G01", code, building: code.slice(0, 2), occurred_at: "2026-02-13T08:35" });
    lines.push({ command: "add_owner", by: "G01", name, phone: `138${String(10000000 + index * 123457)}`, unit: code, relation: index % 5 === 4 ? "tenant" : "owner", occurred_at: "2026-02-13T08:35" });
  }
  return lines;
}

const clock = (minute) => `2026-02-13T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

// What one desk does; its own ticket numbers are known beforehand because it counts by itself.
export function dayOf(desk, by) {
  const letter = "AB"[desk - 1];
  const lines = [];
  const counts = {};
  for (let index = 0; index < 12; index += 1) {
    const [kind, category, words, wish, cause, solution] = problems[(index + desk) % problems.length];
    const unit = `${((index * 2 + desk) % 4) + 1}栋${((index * 2 + desk) % 2) + 1}单元${Math.floor(((index * 2 + desk) % 24) / 4) + 1}0${((index * 2 + desk) % 3) + 1}`;
    const prefix = { repair: "BX", complaint: "TS", enquiry: "ZX" }[kind];
    counts[prefix] = (counts[prefix] ?? 0) + 1;
    const ticket = `${prefix}-20260213-${letter}${String(counts[prefix]).padStart(3, "0")}`;
    const start = 9 * 60 + index * 20 + desk;
    lines.push({ command: "record_reception", by, channel: index % 3 === 0 ? "phone" : "visit", need: words, unit, occurred_at: clock(start) });
    lines.push({ command: "register_ticket", by, kind, priority: ["normal", "urgent", "low"][index % 3], words, wish, category, unit, safety: category === "电梯" && desk === 2, occurred_at: clock(start + 1) });
    lines.push({ command: "record_contact", by, ticket, channel: "phone", summary: `已告知${category}一事由前台跟进`, occurred_at: clock(start + 8) });
    if (kind === "complaint") lines.push({ command: "own_complaint", by, ticket, responsible: by, explanation: "就给您带来的不便表示歉意", remedy: solution, occurred_at: clock(start + 10) });
    if (index % 2 === 0) lines.push({ command: "record_contact", by, ticket, channel: "message", direction: "from-customer", summary: "客户留言询问进展，已回复处理安排", occurred_at: clock(start + 15) });
    if (index === 11) continue; // stays open overnight
    lines.push({ command: "close_ticket", by, ticket, cause, solution, occurred_at: clock(15 * 60 + index) });
    if (kind === "repair") lines.push({ command: "record_return_visit", by, ticket, method: "phone", solved: true, satisfaction: "satisfied", opinion: "修得很快", occurred_at: clock(16 * 60 + index) });
    if (kind === "complaint" && category !== "电梯") lines.push({ command: "record_return_visit", by, ticket, method: "door-step", second_method: "on-site", solved: true, satisfaction: "very-satisfied", opinion: "处理得不错，希望坚持", signer_name: "王先生", signer_relation: "owner", signature: "20,60 34,30 52,72 70,28;84,40 96,66 118,30;130,34 130,70 150,70 162,40 150,30 132,34", occurred_at: clock(16 * 60 + index) });
  }
  // What must be refused, each under its clause.
  const complaint = `TS-20260213-${letter}001`;
  lines.push({ command: "register_ticket", by, kind: "repair", words: "灯坏了", unit: "1栋1单元101", refused: "GEN-2.1" });
  lines.push({ command: "register_ticket", by: "W01", kind: "repair", priority: "low", words: "灯坏了", unit: "1栋1单元101", refused: "GEN-1.1" });
  lines.push({ command: "record_return_visit", by, ticket: `ZX-20260213-${letter}001`, method: "phone", solved: true, refused: "RV-2" });
  lines.push({ command: "record_return_visit", by: "W01", ticket: complaint, method: "phone", solved: true, refused: "RV-3.1" });
  lines.push({ command: "mark_validity", by, ticket: complaint, valid: false, reason: "x", refused: "RV-4.1" });
  return lines;
}

export const text = (lines) => lines.map(({ refused, ...line }) => JSON.stringify(line)).join("\n") + "\n";

export function play(guanjia, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const at = (name) => path.join(folder, name);
  const run = (...words) => execFileSync(guanjia, words, { encoding: "utf8" }).trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const exec = (database, lines, now) => {
    const result = spawnSync(guanjia, ["exec", at(database), "-", "--now", now], { input: text(lines), encoding: "utf8" });
    const answers = result.stdout.trim().split("\n").map((line) => JSON.parse(line));
    return { answers, code: result.status };
  };
  const now = "2026-02-13T18:00";
  run("init", at("a.gjdb"), "--centre", "SZ01", "--name", "天下城管家服务中心", "--desk", "1", "--now", "2026-02-13T08:25");
  run("init", at("b.gjdb"), "--centre", "SZ01", "--name", "天下城管家服务中心", "--desk", "2", "--now", "2026-02-13T08:25");
  run("init", at("hq.gjdb"), "--centre", "HQ", "--name", "总部", "--desk", "1", "--now", "2026-02-13T08:25");
  const first = registry();
  const setUp = exec("a.gjdb", first, "2026-02-13T08:40");
  run("export-day", at("a.gjdb"), "--date", "2026-02-13", "-o", at("registry.gjslice"), "--now", "2026-02-13T08:41");
  run("import", at("b.gjdb"), at("registry.gjslice"), "--now", "2026-02-13T08:42");
  const one = dayOf(1, "G01");
  const two = dayOf(2, "G02");
  const dayOne = exec("a.gjdb", one, now);
  const dayTwo = exec("b.gjdb", two, now);
  run("export-day", at("a.gjdb"), "--date", "2026-02-13", "-o", at("a.gjslice"), "--now", now);
  run("export-day", at("b.gjdb"), "--date", "2026-02-13", "-o", at("b.gjslice"), "--now", now);
  run("import", at("hq.gjdb"), at("a.gjslice"), at("b.gjslice"), "--now", now);
  run("form", at("hq.gjdb"), "complaint-record", "TS-20260213-A001", "-o", at("complaint.html"), "--now", now);
  const visits = run("query", at("hq.gjdb"), "return_visits", "method=door-step");
  run("form", at("hq.gjdb"), "return-visit-record", visits[0].number, "-o", at("visit.html"), "--now", now);
  return { at, run, exec, now, lines: first.length + one.length + two.length, played: [[first, setUp], [one, dayOne], [two, dayTwo]] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , guanjia, folder] = process.argv;
  const day = play(path.resolve(guanjia), path.resolve(folder));
  console.log(`${day.lines} commands at two desks, taken in by headquarters. In ${path.relative(".", folder)}:
  a.gjdb b.gjdb hq.gjdb      the databases of the desks and of headquarters
  a.gjslice b.gjslice        their day files
  complaint.html visit.html  printed forms: open them in a browser
Try:
  build/native/guanjia duties ${path.relative(".", folder)}/hq.gjdb --at 2026-02-14T17:00
  build/native/guanjia query ${path.relative(".", folder)}/hq.gjdb tickets kind=complaint
  build/native/guanjia query ${path.relative(".", folder)}/hq.gjdb compliance --now 2026-02-14T17:00`);
}
