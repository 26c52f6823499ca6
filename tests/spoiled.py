"""Files of every kind that hold no article that can be read, by what is wrong with them."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

import inputs

NOISE = random.Random(11).randbytes(3000)
LONG = f"{inputs.SENTENCE} {inputs.BODY} " * 40
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + NOISE
WORD, ODT, PDF = inputs.word("A", LONG), inputs.odt("A", LONG), inputs.pdf("Abe left.")
ZEROS = gzip.compress(bytes(250_000_000), 1)  # more than is read of one input

Files = Iterator[tuple[str, bytes]]


def more() -> Files:
    """Yield names and bytes; each file is to be told of in one line."""
    yield from _of_another_kind()
    yield from _packed()
    yield from _packages()
    yield from _pdfs()
    yield from _json()
    yield from _tables()
    yield from _markup()
    yield from _mails()
    yield from _archives()


def _of_another_kind() -> Files:
    """What stands in the file is not what its name says."""
    others = {
        "png": PNG,
        "elf": b"\x7fELF\x02\x01\x01" + NOISE,
        "sqlite": b"SQLite format 3\0" + NOISE,
        "tar": b"a.txt".ljust(257, b"\0") + b"ustar\0" + NOISE,
        "nul": bytes(4096),
        "utf32": LONG[:400].encode("utf-32-be"),
    }
    kinds = ("txt", "md", "html", "pdf", "docx", "odt", "csv", "tsv", "json", "jsonl")
    for kind in (*kinds, "rss", "atom", "xml", "warc"):
        for name, data in others.items():
            if (name, kind) not in _READ_ALL_THE_SAME:
                yield f"{name}.{kind}", data
    for kind in ("pdf", "docx", "odt", "json", "rss", "warc"):
        yield f"words.{kind}", LONG.encode()
    for kind in ("pdf", "json", "txt", "rss"):
        yield f"word.{kind}", WORD
    for kind in ("docx", "odt", "json", "rss"):
        yield f"pdf.{kind}", PDF


_READ_ALL_THE_SAME = {
    (n, k) for n in ("utf32",) for k in ("txt", "md", "html", "csv", "tsv")
}


def _packed() -> Files:
    """Files packed by gzip, damaged or far too large."""
    good = gzip.compress(LONG.encode())
    for kind in ("txt", "html", "csv", "json", "jsonl", "eml", "rss", "docx", "warc"):
        yield f"sum.{kind}.gz", good[:-8] + b"\0\0\0\0" + good[-4:]
        yield f"head.{kind}.gz", good[:10]
        yield f"bits.{kind}.gz", good[:40] + NOISE[:60] + good[100:]
        yield f"nothing.{kind}.gz", gzip.compress(b"")
    for kind in ("txt", "json", "csv", "rss", "pdf"):
        yield f"bomb.{kind}.gz", ZEROS
    yield "twice.txt.gz", gzip.compress(gzip.compress(LONG.encode()))


def _package(**changed: bytes) -> bytes:
    """Return the Word document with some of its parts changed."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(data, "w") as new:
        for part in old.namelist():
            name = part.rpartition("/")[2].replace(".", "_").strip("[]")
            if changed.get(name) != b"gone":
                new.writestr(part, changed.get(name, old.read(part)), 8)
    return data.getvalue()


def _packages() -> Files:
    """Word and OpenDocument packages with something wrong inside."""
    wide = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = f"<w:document {wide}>" + "<w:p>" * 50_000
    for name, part in {
        "gone": b"gone",
        "empty": b"",
        "torn": b"<w:document",
        "noise": NOISE,
        "deep": deep.encode(),
        "other": b"<a/>",
        "none": f"<w:document {wide}/>".encode(),
        "large": b"<a>" + b" " * 210_000_000,
        "bomb": b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    }.items():
        yield f"part-{name}.docx", _package(document_xml=part)
    yield "rels.docx", _package(_rels=b"gone")
    yield "locked.docx", _locked(WORD)
    yield "locked.odt", _locked(ODT)
    yield "plain.docx", inputs.archive({"a.txt": "Abe left."})
    yield "plain.odt", inputs.archive({"a.txt": "Abe left."})
    yield "none.docx", inputs.archive({})
    yield "none.odt", inputs.archive({})
    for name, content in {
        "torn": "<office:document-content",
        "other": "<a/>",
        "empty": "",
        "deep": "<a>" * 50_000,
    }.items():
        yield f"part-{name}.odt", inputs.archive({"content.xml": content})
    yield "sheet.docx", inputs.archive({"xl/workbook.xml": "<a/>"})
    yield "slides.pptx", inputs.archive({"ppt/presentation.xml": "<a/>"})
    yield "book.epub", inputs.archive({"mimetype": "application/epub+zip"})


def _locked(data: bytes) -> bytes:
    """Return a package whose parts say that a password locks them."""
    made = bytearray(data)
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(head)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(head, place + 4)
    return bytes(made)


def _pdfs() -> Files:
    """PDF with loops, lies and bombs inside."""
    yield "words.only.pdf", b"%PDF-1.4\n" + LONG.encode()
    yield "loop.pdf", PDF.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    yield "gone.pdf", PDF.replace(b"/Kids [4 0 R]", b"/Kids [9 0 R]")
    yield "none.pdf", PDF.replace(b"/Kids [4 0 R] /Count 1", b"/Kids [] /Count 0")
    yield "deep.pdf", PDF.replace(b"/MediaBox [", b"/MediaBox [" + b"[" * 20_000)
    yield "locked.pdf", _locked_pdf()
    bomb = zlib.compress(bytes(300_000_000), 1)
    length = f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n".encode()
    start = PDF.index(b"5 0 obj")
    yield (
        "bomb.pdf",
        PDF[:start] + b"5 0 obj\n" + length + bomb + b"\nendstream\nendobj\n",
    )
    yield "pages.pdf", inputs.pdf("").replace(b"/Count 1", b"/Count 999999999")


def _locked_pdf() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(PDF))
    writer.encrypt("secret", algorithm="RC4-40")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _json() -> Files:
    """JSON and JSON lines."""
    for name, text in {
        "comma": '{"text": "Abe left.",}',
        "quotes": "{'text': 'Abe left.'}",
        "escape": '{"text": "\\x"}',
        "control": '{"text": "a\x01b"}',
        "digits": '{"text": ' + "9" * 5000 + "}",
        "null": '{"text": null}',
        "list": '{"text": ["Abe left."]}',
        "blank": '{"text": "  "}',
        "string": '"Abe left."',
        "true": "true",
        "nan": '{"text": NaN}',
        "deep": '{"a":' * 3000,
        "after": '{"text": 1} and more',
        "ints": "[1]",
        "inside": '{"text": {"text": "Abe left."}}',
    }.items():
        for kind in ("json", "jsonl"):
            yield f"{name}.{kind}", text.encode()
    yield "long.jsonl", b'{"text": "' + b"a" * 60_000_000 + b'"}'
    yield "wrong.jsonl", inputs.TABLE.encode() * 200
    yield "lists.json", b'{"a": [], "b": {"c": []}}'
    yield "keys.only.json", json.dumps(dict.fromkeys(map(str, range(9999)))).encode()
    yield "torn.json", b'[{"text": "Abe le'
    yield "torn2.json", b'{"items": [{"text": "Abe le'


def _tables() -> Files:
    """CSV and TSV."""
    wide = ",".join(f"c{n}" for n in range(50_000))
    for name, text in {
        "header": "id,text\n",
        "names": "name,age\nAbe,63\nTrump,71\n",
        "blank": "id,text\n1,\n",
        "wide": f"{wide}\n{wide}\n",
        "commas": "," * 100_000,
        "lines": "\n" * 100_000,
        "short": "id,title,text\n1,A visit\n",
        "numbers": "1,2,3\n" * 1000,
        "open": 'id,text\n1,"' + " " * 50,
    }.items():
        yield f"{name}.csv", text.encode()
        yield f"{name}.tsv", text.replace(",", "\t").encode()


def _markup() -> Files:
    """Pages and feeds."""
    for name, text in {
        "script": "<html><body><script>var a = 'Abe left.'</script></body></html>",
        "head": "<html><head><style>a {}</style></head></html>",
        "comment": "<!-- Abe left.",
        "frames": "<frameset><frame src='a.html'></frameset>",
        "picture": "<html><body><img src='a.png'></body></html>",
        "template": "<template><p>Abe left.</p></template>",
        "tags": "<p>" * 10_000,
        "attribute": "<a b='" + "c" * 100_000,
    }.items():
        yield f"{name}.html", text.encode()
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    for name, text in {
        "none": '<rss version="2.0"><channel><title>A</title></channel></rss>',
        "item": '<rss version="2.0"><channel><item></item></channel></rss>',
        "torn1": inputs.RSS[: inputs.RSS.index("<item>") + 40],
        "torn2": inputs.RSS[:300],
        "page": inputs.HTML,
        "list": "<opml><body><outline xmlUrl='https://example.org/'/></body></opml>",
        "bomb": f'<!DOCTYPE a [<!ENTITY a0 "a">{bomb}]><a>&a9;</a>',
        "outside": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "deep": "<a>" * 20_000,
    }.items():
        for kind in ("rss", "xml"):
            yield f"feed-{name}.{kind}", text.encode()


def _mails() -> Files:
    """Messages and mailboxes."""
    head = "From: a@b.c\nSubject: A visit\nMIME-Version: 1.0\n"
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'
        for n in range(400)
    )
    packed = base64.b64encode(NOISE).decode()
    for name, text in {
        "head": head,
        "blank": f"{head}\n\n \n",
        "sign": f"{head}\n-- \nThe Paper\n",
        "file": f"{head}Content-Type: application/pdf\n"
        f"Content-Transfer-Encoding: base64\n\n{packed}\n",
        "nested": f"{head}{nested}",
        "parts": f'{head}Content-Type: multipart/mixed; boundary="b"\n\n',
        "noise": f"{head}Content-Type: text/plain\n"
        f"Content-Transfer-Encoding: base64\n\n{packed}\n",
        "page": f"{head}Content-Type: text/html\n\n<script>a()</script>\n",
    }.items():
        yield f"mail-{name}.eml", text.encode()
        yield f"mail-{name}.mbox", b"From a@b.c Mon\n" + text.encode()


def _archives() -> Files:
    """Archives of web crawlers."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
    )
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{inputs.HTML}"
    for name, text in {
        "head": head,
        "length": f"{head}Content-Length: many\r\n\r\n{body}",
        "less": f"{head}Content-Length: -5\r\n\r\n{body}",
        "request": head.replace("response", "request") + "Content-Length: 0\r\n\r\n",
        "none": "WARC/1.0\r\n\r\n",
        "version": "WARC/99\r\n",
        "status": f"{head}Content-Length: 99\r\n\r\n"
        + "HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\n".ljust(99),
        "media": f"{head}Content-Length: 99\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n".ljust(99),
    }.items():
        yield f"crawl-{name}.warc", text.encode()
        yield f"crawl-{name}.warc.gz", gzip.compress(text.encode())
    yield "crawl-torn.warc.gz", gzip.compress(f"{head}\r\n{body}".encode())[:200]
    yield "crawl-size.warc", head.encode() + struct.pack("<Q", 2**60)
