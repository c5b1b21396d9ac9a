#!/usr/bin/env python3
"""Writes the first inputs of the targets from the demonstration and the sample data.
   fuzz/seeds.py PINGSHEN        (the program, built)
Small files only: what is larger than the targets read is cut down or left out."""
import json, pathlib, sqlite3, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
REPO = HERE.parent
LARGEST = 8 << 10


def put(target, name, data):
    if isinstance(data, str):
        data = data.encode()
    if len(data) <= LARGEST:
        folder = HERE / "seeds" / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def main(program):
    with tempfile.TemporaryDirectory() as top:
        demo = pathlib.Path(top) / "demo"
        run = lambda *words: subprocess.run([program, *words], stdin=subprocess.DEVNULL, capture_output=True)
        run("demo", "--dir", str(demo))  # lays it out; there is no terminal to open a screen on
        seen = set()
        for role in ("expert", "meeting"):
            log = sqlite3.connect(demo / role / "round.db")
            for kind, body in log.execute("SELECT kind, body FROM event ORDER BY seq"):
                if kind not in seen and len(body) <= LARGEST:
                    seen.add(kind)
                    put("sheet_and_event", f"event-{kind}", body)
            for (data,) in log.execute("SELECT data FROM blob"):
                if data.startswith(b"pingshen/"):
                    name = data.split(b"/")[1].decode()
                    body = data.split(b"\n", 3)[3]
                    if name not in seen and len(body) <= 3 * LARGEST:
                        seen.add(name)
                        put("sheet_and_event", name, body)
                        put("signed_and_head", name, b"\0" + data)
            put("signed_and_head", f"head-{role}", b"\0" + (demo / role / "round.head").read_bytes())
            for key in (demo / role / "keys").glob("*"):
                put("envelope", f"{key.name}-{role}", b"\0" + key.read_bytes())
                put("signed_and_head", f"{key.name}-{role}", b"\0" + key.read_bytes())
        bundle = demo / "expert" / "outbox" / "E01.bundle"
        bundle = bundle if bundle.exists() else next((demo / "expert" / "outbox").glob("*.bundle"))
        form = pathlib.Path(top) / "form.csv"
        run("score", str(bundle), "--form", str(form), "--draft", str(pathlib.Path(top) / "d.draft"))
        if form.exists():
            lines = form.read_bytes().split(b"\r\n")
            for n in (4, 12, 24):
                put("score_form", f"form-{n}", b"\r\n".join(lines[:n]))

    for path in sorted((REPO / "sample-data" / "packets").glob("A-0[1-3].json")):
        packet = json.loads(path.read_text())
        put("packet", path.name, path.read_bytes())
        for count in (3, 20):
            some = dict(list(packet.get("fields", {}).items())[:count])
            cut = {"code": packet["code"], "fields": some, "sections": packet.get("sections", [])[:1]}
            put("packet", f"{path.stem}-{count}.json", json.dumps(cut, ensure_ascii=False))
    put("packet", "rows.json", '{"code":"A-01","fields":{"mgmt.rules":[{"title":"甲","year":"2021"},{"title":"乙"}],"mgmt.rules[0].title":"x"}}')
    put("packet", "none.json", '{"code":"A-01","fields":{"grant.in_force":null,"x[].y":["a",1,true,null]}}')
    for name in ("panel", "names", "marks"):
        text = (REPO / "sample-data" / f"{name}.csv").read_text()
        put("rows", name, "\n".join(text.splitlines()[:12]))
        put("text", name, "\x20" + "\n".join(text.splitlines()[:3]))
    put("rows", "semicolon", 'code;name;"a ""b"""\r\nE01;甲;\r\n\r\nE02;乙;"x\r\ny"\r\n')
    put("rows", "gb18030", "code,name\nE01,甲\n".encode("gb18030"))
    template = (REPO / "scoring-templates" / "ln-pilot-selection.toml").read_text()
    put("template", "template", "\n".join(template.splitlines()[:120]))
    put("template", "short", "\n".join(template.splitlines()[:40]))
    readme = (REPO / "README.md").read_text()
    if "<!-- template:begin -->" in readme:
        shown = readme.split("<!-- template:begin -->")[1].split("<!-- template:end -->")[0]
        put("template", "readme", "\n".join(line for line in shown.splitlines() if not line.startswith("```")))
    put("template", "settings", 'lang = "zh"\ncolor = "auto"\nambiguous = "wide"\n')
    form = (REPO / "scoring-templates" / "forms" / "ln-application.toml").read_text()
    put("template", "form", "\n\n".join(form.split("\n\n")[:6]))
    put("bundle", "altered", b"\x02" + bytes([9, 0, 7, 3, 40, 1, 7, 3]))
    put("bundle", "cut", b"\x02" + bytes([200, 1, 0, 0]))
    put("bundle", "empty", b"\x00" + b"PK\5\6" + bytes(18))
    put("envelope", "scrypt-18", b"\x01age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 18\ngUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY\n--- x\n")
    put("envelope", "altered", b"\x02" + bytes(9) + b"content")
    put("envelope", "keys", b"\x03# pingshen secret v1\n# spare ABCDE\nAGE-SECRET-KEY-1\n")
    for n, code in enumerate(["8.5", "８．５分", "3。5", "A-07", "E01", "A1", "ABCD-EFGH-JKMN-PQRS", "1,234.50", "age1" + "q" * 58, "0" * 64, "correct horse battery", ""]):
        put("codes", f"code-{n}", code)
    for n, text in enumerate(["\x1b[2J", "a\u202eb\u2066c", "e" + "\u0301" * 9, "=1+1", "\u200b=1", "（《评审》）100 分，word-word", "\r\n\r\t", "👩‍👩‍👧 ﬁ ﷽"]):
        put("text", f"text-{n}", b"\x0a" + text.encode())


if __name__ == "__main__":
    main(sys.argv[1])
