"""A cluster: the workers of Spark write the shards that are written here, bytes and all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import telling
from pyarrow.fs import (
    FileSelector,
    LocalFileSystem,
    S3FileSystem,
    SubTreeFileSystem,
)
from test_archive import FORMATS, articles, ended, outputs, program, put

from kgbuild.archive.cluster import _fetch, _send, read_batch
from kgbuild.archive.recipe import Recipe
from kgbuild.archive.shards import document_of, read_shard
from kgbuild.archive.store import STORE
from kgbuild.model import Document

pytest.importorskip("pyspark")

SPARK = ("--engine", "spark", "--master", "local[2]")
READER = "import telling\nfrom kgbuild import pipeline\npipeline.run = telling.run\n"


@pytest.fixture
def source(tmp_path):
    return put(tmp_path / "all.jsonl", articles(30))


@pytest.fixture
def spark(tmp_path, source):
    """Return a function that builds by Spark, whose workers take no model to read either."""
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(READER)

    def build(kg: Path, *words: object, **more: str) -> tuple[int, str]:
        path = os.pathsep.join([str(tmp_path / "start"), *sys.path])
        environment = {**os.environ, "TELLING_DEATH": "/", **more, "PYTHONPATH": path}
        command = ("build", source, "-o", kg, "--to", FORMATS, *SPARK, *words)
        found = subprocess.run(
            [sys.executable, "-m", "kgbuild", *map(str, command)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return found.returncode, found.stderr

    return build


def shards(kg: Path) -> dict[str, bytes]:
    found = (kg / STORE).rglob("*")
    return {
        str(p.relative_to(kg)): p.read_bytes() for p in sorted(found) if p.is_file()
    }


@pytest.fixture
def whole(tmp_path, source):
    """Return the outputs and the shards of a build by two processes here."""
    kg = tmp_path / "whole"
    words = ("build", source, "-o", kg, "--to", FORMATS, "--workers", 2)
    assert ended(program(*words)) == (0, "")
    return outputs(kg), shards(kg)


def test_the_same_bytes_as_here_and_through_a_folder_beside(spark, tmp_path, whole):
    kg, staging = tmp_path / "kg", tmp_path / "staging"
    code, err = spark(kg, "--staging", staging)
    assert code == 0, err
    assert (outputs(kg), shards(kg)) == whole
    assert not (staging / "waiting").exists()


@pytest.fixture
def bucket():
    """A server that speaks as S3 does: its files, and the environment that leads to it."""
    moto = pytest.importorskip("moto.server")
    server = moto.ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    files = S3FileSystem(
        endpoint_override=address,
        access_key="key",
        secret_key="secret",
        region="us-east-1",
        allow_bucket_creation=True,
    )
    files.create_dir("bucket")
    yield (
        files,
        {
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": address,
        },
    )
    server.stop()


def test_the_same_bytes_through_a_bucket(spark, bucket, tmp_path, whole):
    files, environment = bucket
    kg = tmp_path / "kg"
    code, err = spark(kg, "--staging", "s3://bucket/run", **environment)
    assert code == 0, err
    assert (outputs(kg), shards(kg)) == whole
    left = files.get_file_info(FileSelector("bucket", recursive=True))
    assert left
    assert not [f.path for f in left if "waiting" in f.path]


def test_a_worker_that_is_killed_changes_nothing(spark, tmp_path, whole):
    kg, death = tmp_path / "kg", tmp_path / "death"
    code, err = spark(kg, TELLING_DEATH=str(death))
    assert code == 0, err
    assert death.exists()
    assert (outputs(kg), shards(kg)) == whole


def test_where_workers_die_again_and_again_what_was_read_is_kept(
    spark, tmp_path, whole
):
    kg = tmp_path / "kg"
    code, err = spark(kg, TELLING_ALWAYS="1")
    assert code == 1
    assert err.rstrip().rpartition("\n")[2].startswith("kgbuild: Spark gave up (")
    assert ended(
        program("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS)
    ) == (0, "")
    assert outputs(kg) == whole[0]


def test_a_batch_goes_through_a_store_of_objects(monkeypatch, tmp_path):
    monkeypatch.setattr("kgbuild.pipeline.run", telling.run)
    monkeypatch.setenv("TELLING_DEATH", "/")
    (tmp_path / "bucket").mkdir()
    bucket = SubTreeFileSystem(str(tmp_path / "bucket"), LocalFileSystem())
    found = [Document(**fields) for fields in articles(70)]
    sent = list(_send(([(d.id, d)] for d in found), bucket, "run/waiting"))
    here = tmp_path / "here"
    for number, batch in enumerate(sent):
        assert read_batch(number, Recipe(), bucket, "run") == batch.shard
        _fetch(bucket, "run", batch.shard, here)
        (row,) = read_shard(here, batch.shard).documents
        assert document_of(row) == found[number]


def test_without_pyspark_or_java_it_is_said_in_one_line(tmp_path, source):
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "pyspark.py").write_text("raise ImportError('no')\n")
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "pandas.py").write_text("raise ImportError('no pandas')\n")
    none, bare = (
        {"PYTHONPATH": os.pathsep.join([str(tmp_path / name), *sys.path])}
        for name in ("none", "bare")
    )
    for more, said in (
        ({"JAVA_HOME": str(tmp_path)}, "needs Java 17 or later; JAVA_HOME"),
        (none, "needs pyspark, and pandas and pyarrow for it: pip install 'kgb"),
        (bare, "pip install 'kgbuild[spark]' (no pandas)"),
    ):
        assert said in refused(source, tmp_path / "kg", *SPARK, **more)


@pytest.mark.parametrize(
    ("master", "said"),
    [
        ("bogus", "is no master of Spark; give local[2], spark://HOST:7077"),
        ("spark://nohost.invalid:7077", "cannot be reached ("),
        ("spark://127.0.0.1:1", "cannot be reached (Connection refused)"),
        ("spark://here", "cannot be reached (it names no host and port)"),
    ],
)
def test_a_master_that_is_none_is_named_with_the_reason(tmp_path, source, master, said):
    err = refused(source, tmp_path / "kg", "--engine", "spark", "--master", master)
    assert err.startswith(f"kgbuild: --master {master}: ")
    assert said in err


def test_of_a_master_that_spark_cannot_use_no_trace_is_shown(tmp_path, source):
    command = ("build", source, "-o", tmp_path / "kg", "--engine", "spark")
    code, err = ended(program(*command, "--master", "k8s://x"))
    assert code == 1
    assert "\n\tat " not in err
    assert re.search(r"\nkgbuild: --master k8s://x: Spark does not start \(.*: ", err)


def refused(source: Path, kg: Path, *words: object, **more: str) -> str:
    """Return the one line that a build says which cannot be."""
    command = ("-m", "kgbuild", "build", source, "-o", kg, *words)
    found = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr.count("\n")) == (1, 1), found.stderr
    return found.stderr
