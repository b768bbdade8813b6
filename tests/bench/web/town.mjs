// Many tickets, made by the command line as a second desk of the same centre would hand them over: a file for the page to
// take in.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../../web/browser.mjs";
import { numbers } from "../../web/compositions.mjs";

const guanjia = path.join(root, "build/native/guanjia");
const surnames = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const given = ["伟", "芳", "建国", "敏", "静", "丽华", "强", "三", "军", "洋", "勇", "艳", "小雨", "国强", "娟", "志明"];
const categories = ["电梯", "给排水", "照明", "保洁", "绿化", "停车", "噪音", "门禁", "消防"];
const places = ["地下车库", "三楼走廊", "大堂", "主卧卫生间", "楼顶天台", "单元门口", "儿童乐园"];
const troubles = ["漏水严重，墙面已经发霉", "灯不亮，晚上出入很不安全", "半夜有异响，整晚睡不着", "有人乱停车，堵住消防通道", "垃圾没有及时清运，气味大", "门禁刷卡没有反应", "水压太低，热水器打不着火"];

// So many tickets, closed ones (which leave no duty) or open ones (with three each). Made in memory where there is such a
// folder, since each command is kept on the disk before the next; kept in build, since that takes minutes.
export function townFile({ tickets, closed, units = 400 }) {
  const kept = path.join(root, `build/bench/town-${tickets}-${closed ? "closed" : "open"}.gjslice`);
  if (fs.existsSync(kept)) return kept;
  const folder = fs.mkdtempSync(path.join(fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir(), "guanjia-town-"));
  const database = path.join(folder, "town.gjdb");
  const random = numbers(20261123);
  const any = (list) => list[random(list.length)];
  const lines = [
    { command: "add_staff", code: "M02", name: "黄志明" },
    { command: "grant_role", staff: "M02", role: "manager" },
    { command: "grant_role", by: "M02", staff: "M02", role: "butler" },
  ];
  const codes = Array.from({ length: units }, (_, index) => `${Math.floor(index / 40) + 1}栋${String((index % 40) + 1).padStart(2, "0")}0${(index % 4) + 1}`);
  for (const code of codes) {
    lines.push({ command: "add_unit", by: "M02", code });
    lines.push({ command: "add_owner", by: "M02", name: any(surnames) + any(given), phone: `138${String(random(1e8)).padStart(8, "0")}`, unit: code });
  }
  const day = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10).replaceAll("-", "");
  for (let index = 1; index <= tickets; ++index) {
    lines.push({ command: "register_ticket", by: "M02", kind: "repair", priority: "normal", words: any(places) + any(troubles), category: any(categories), unit: any(codes) });
    if (closed) lines.push({ command: "close_ticket", by: "M02", ticket: `BX-${day}-B${String(index).padStart(3, "0")}`, cause: "零件磨损", solution: "已更换" });
  }
  execFileSync(guanjia, ["init", database, "--centre", "SZ01", "--name", "天下城管家服务中心", "--desk", "2"]);
  const { stdout, status } = spawnSync(guanjia, ["exec", database, "-"], { input: lines.map((line) => JSON.stringify(line)).join("\n"), encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`the town was refused: ${stdout.split("\n").find((line) => line.includes('"ok":false'))}`);
  const file = path.join(folder, "town.gjslice");
  execFileSync(guanjia, ["export", database, "-o", file]);
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  fs.copyFileSync(file, kept);
  fs.rmSync(folder, { recursive: true });
  return kept;
}
