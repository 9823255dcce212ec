"""Reading an area pack from its folder: all of it, or all that is wrong with it."""

import hashlib
from pathlib import Path
from typing import TypeVar

from alongside.area import consistency
from alongside.area.casework_models import Conversation, Costs, Retention
from alongside.area.files import PackFile, PackFiles
from alongside.area.marm_models import Marm
from alongside.area.models import Area, DerivedFactors, Linkage, Policy, Source, Strict
from alongside.area.pack import AreaPack
from alongside.area.problems import PackProblem, PackRefusedError, in_order, listed, nearest
from alongside.area.shape import fit
from alongside.area.yaml_text import Document, read_yaml
from alongside.errors import AskedWronglyError

Model = TypeVar("Model", bound=Strict)

SINGLE: dict[str, type[Strict]] = {
    "area.yaml": Area,
    "factors.yaml": DerivedFactors,
    "linkage.yaml": Linkage,
    "marm.yaml": Marm,
    "costs.yaml": Costs,
    "retention.yaml": Retention,
}
"""Files that a pack has only one of."""
FOLDERS: dict[str, type[Strict]] = {"sources": Source, "policies": Policy, "conversations": Conversation}
"""Folders of files of the same kind."""
_YAML = (".yaml", ".yml")


def load_area(folder: Path) -> AreaPack:
    """Read and check an area pack.

    Args:
        folder: The folder that holds ``area.yaml``.

    Returns:
        The pack, with every reference and every expression checked.

    Raises:
        AskedWronglyError: there is no such folder, or it is not an area pack.
        PackRefusedError: the pack cannot be used; it lists everything that is wrong, with file and line.
    """
    if not folder.is_dir():
        raise AskedWronglyError(f"There is no folder {folder}. Give the folder that holds area.yaml.")
    if not (folder / "area.yaml").is_file() and not (folder / "sources").is_dir():
        raise AskedWronglyError(
            f"The folder {folder} is not an area pack: it holds neither area.yaml nor sources. "
            "Give the folder that holds area.yaml; docs/reference/area-pack.md shows the smallest one."
        )
    reader = _Reader(folder)
    try:
        files = reader.files()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise AskedWronglyError(f"The folder {folder} cannot be read: {reason}. Make it readable.") from error
    problems = [*reader.problems, *consistency.refusals(files)]
    if problems or files.area.model is None:
        raise PackRefusedError(folder, problems)
    sources = [file.model for file in files.sources if file.model]
    policies = [(file, file.model) for file in files.policies if file.model]
    conversations = [file.model for file in files.conversations if file.model]
    area = files.area.model
    lines = {
        f"purpose {purpose.code}": (
            "area.yaml",
            files.area.document.line(("purposes", position, "review_date")),
        )
        for position, purpose in enumerate(area.purposes)
    } | {
        f"policy {policy.policy}": (file.name, file.document.line(("review_date",)))
        for file, policy in policies
    }
    return AreaPack(
        folder=folder,
        area=area,
        sources={source.source: source for source in sources},
        derived=consistency.derivable(files),
        policies={policy.policy: policy for _, policy in policies},
        linkage=(files.linkage.model if files.linkage else None) or Linkage(),
        marm=files.marm.model if files.marm else None,
        conversations={conversation.conversation: conversation for conversation in conversations},
        costs=files.costs.model if files.costs else None,
        retention=files.retention.model if files.retention else None,
        hash=reader.hash(),
        warnings=in_order([*reader.warnings, *consistency.warnings(files)]),
        lines=lines,
    )


def load_partnership(folder: Path) -> Area:
    """Read and check only a pack's ``area.yaml``: who the partners are, and why data may be used.

    Args:
        folder: The folder that holds ``area.yaml``.

    Raises:
        PackRefusedError: the file is missing or cannot be used.
    """
    reader = _Reader(folder)
    area = reader.single("area.yaml", Area) or PackFile("area.yaml", Document(), None)
    files = PackFiles(area, [], [], [], None, None, None, None, None)
    problems = [*reader.problems, *consistency.refusals(files)]
    if problems or area.model is None:
        raise PackRefusedError(folder, problems)
    return area.model


class _Reader:
    """Reads the files of one pack, noting what is wrong and what the hash is made of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[PackProblem] = []
        self.warnings: list[PackProblem] = []
        self._digests: dict[str, bytes] = {}

    def files(self) -> PackFiles:
        """Every file of the pack; afterwards ``problems`` says what is wrong with their text and shape."""
        self._strangers()
        area = self.single("area.yaml", Area)
        if area is None:
            self.problems.append(
                PackProblem(
                    "area.yaml",
                    None,
                    "the file is missing",
                    "Write it: who the partners are, and why they may use data",
                )
            )
        sources = self._many("sources", Source)
        if not sources:
            right = "Describe at least one extract in its own file, such as sources/rent_accounts.yaml"
            self.problems.append(PackProblem("sources", None, "the pack has no source", right))
        return PackFiles(
            area=area or PackFile("area.yaml", Document(), None),
            sources=sources,
            policies=self._many("policies", Policy),
            conversations=self._many("conversations", Conversation),
            derived=self.single("factors.yaml", DerivedFactors),
            linkage=self.single("linkage.yaml", Linkage),
            marm=self.single("marm.yaml", Marm),
            costs=self.single("costs.yaml", Costs),
            retention=self.single("retention.yaml", Retention),
        )

    def hash(self) -> str:
        """SHA-256 of the name and content of every file read, in order of name."""
        whole = hashlib.sha256()
        for name in sorted(self._digests):
            whole.update(len(name.encode()).to_bytes(8, "big") + name.encode() + self._digests[name])
        return whole.hexdigest()

    def single(self, name: str, model: type[Model]) -> PackFile[Model] | None:
        """One file of the pack; None where there is none."""
        return self._read(self.folder / name, model) if (self.folder / name).exists() else None

    def _many(self, name: str, model: type[Model]) -> list[PackFile[Model]]:
        paths = sorted((self.folder / name).glob("*.yaml")) if (self.folder / name).is_dir() else []
        return [self._read(path, model) for path in paths if not path.name.startswith(".")]

    def _read(self, path: Path, model: type[Model]) -> PackFile[Model]:
        name = path.relative_to(self.folder).as_posix()
        try:
            content = path.read_bytes()
        except OSError as error:
            self.problems.append(
                PackProblem(
                    name,
                    None,
                    f"the file cannot be read: {error.strerror}",
                    "Make sure it is a file you may read",
                )
            )
            return PackFile(name, Document(), None)
        self._digests[name] = hashlib.sha256(content).digest()
        document = read_yaml(content)
        self.problems += [
            PackProblem(name, fault.line, fault.wrong, fault.right) for fault in document.faults
        ]
        if document.data is None:
            return PackFile(name, document, None)
        fitted, problems = fit(model, document, name)
        told = {fault.line for fault in document.faults}
        self.problems += [problem for problem in problems if problem.line not in told]
        return PackFile(name, document, fitted)

    def _strangers(self) -> None:
        """Report files that look like part of a pack and would otherwise be silently ignored."""
        for path in sorted(self.folder.iterdir()):
            known = list(FOLDERS) if path.is_dir() else list(SINGLE)
            if path.name in known or path.name.startswith(".") or not (path.is_dir() or path.suffix in _YAML):
                continue
            near = nearest(path.name if path.is_dir() else f"{path.stem}.yaml", known)
            if near and not (self.folder / near).exists():
                self._stranger(self.problems, path, f"Did you mean `{near}`?")
            elif not path.is_dir():
                self._stranger(self.warnings, path, f"Remove it; the files here are {listed(SINGLE)}")
        for name in FOLDERS:
            for path in sorted(self.folder.glob(f"{name}/**/*.y*ml")):
                if path.parent != self.folder / name:
                    self._stranger(self.problems, path, f"Move it up into `{name}`")
                elif path.suffix == ".yml":
                    self._stranger(self.problems, path, f"Name it {path.stem}.yaml")

    def _stranger(self, told: list[PackProblem], path: Path, right: str) -> None:
        name = path.relative_to(self.folder).as_posix()
        told.append(PackProblem(name, None, "this is not part of an area pack", right))
