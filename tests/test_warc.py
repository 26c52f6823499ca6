"""WARC, as crawlers write it: pages become articles, and nothing else does."""

from __future__ import annotations

import gc
import io
import warnings

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kgbuild.readers import read_documents

PAGE = """<html><head><title>Ann met Bob</title>
<meta property="article:published_time" content="2014-05-03"></head>
<body><article><h1>Ann met Bob</h1><p>{}</p></article></body></html>"""
TEXT = (
    "Ann met Bob in the town on Monday, and they talked for an hour about the weather. "
    * 9
)


def archive(path, *records, gzip=True):
    """Write responses, each an address, a status, a media type and a body."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzip)
    with warnings.catch_warnings(action="ignore"):  # it leaves its files open
        _write(writer, records)
        gc.collect()
    path.write_bytes(file.getvalue())
    return path


def _write(writer, records):
    for url, status, media, body in records:
        headers = StatusAndHeaders(
            status, [("Content-Type", media)], protocol="HTTP/1.1"
        )
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body.encode()), http_headers=headers
        )
        writer.write_record(record)


@pytest.mark.parametrize(("name", "gzip"), [("a.warc.gz", True), ("a.warc", False)])
def test_pages_are_articles(tmp_path, name, gzip):
    html = "text/html; charset=utf-8"
    path = archive(
        tmp_path / name,
        ("https://www.example.org/a/", "200 OK", html, PAGE.format(TEXT)),
        ("https://www.example.org/a/", "200 OK", html, PAGE.format("Later. " + TEXT)),
        ("https://example.org/b", "404 Not Found", html, PAGE.format(TEXT)),
        ("https://example.org/c.png", "200 OK", "image/png", "x"),
        gzip=gzip,
    )
    told = []
    (found,) = read_documents(path, report=told.append)
    assert told == []
    assert (found.id, found.url) == ("example.org/a", "https://www.example.org/a/")
    assert (found.title, found.date) == ("Ann met Bob", "2014-05-03")
    assert TEXT.strip() in found.text


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"WARC/1.0\r\nbroken", "a.warc: "), (b"", "a.warc: "), (b"\0" * 99, "a.warc: ")],
)
def test_what_is_no_archive_is_told_in_one_line(tmp_path, data, said):
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    told = []
    assert list(read_documents(path, report=told.append)) == []
    assert len(told) == 1
    assert said in told[0]
