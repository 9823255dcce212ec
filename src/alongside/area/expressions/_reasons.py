"""Which facts made a policy's condition hold: those a person can be told, each with when it counts."""

from sqlglot import exp

from alongside.area.expressions import _functions as functions
from alongside.area.expressions._compile import Compiler

_AT_LEAST = {exp.GTE, exp.GT, exp.EQ, exp.NullSafeEQ}


def reasons(condition: exp.Expr, compiler: Compiler) -> dict[str, exp.Expr]:
    """Return, per factor, when it is known and contributed to ``condition``, for people for whom that holds.

    Args:
        condition: As parsed, already accepted by ``compiler``.
        compiler: Two-valued: it builds the truth of each branch.
    """
    found: dict[str, list[exp.Expr]] = {}
    _Search(compiler, found).held(condition, holds=True, given=[])
    return {factor: exp.or_(*whens, copy=False) for factor, whens in found.items()}


class _Search:
    def __init__(self, compiler: Compiler, found: dict[str, list[exp.Expr]]) -> None:
        self.compiler = compiler
        self.found = found

    def held(self, node: exp.Expr, *, holds: bool, given: list[exp.Expr]) -> None:
        """Note what contributed to ``node`` coming out as ``holds``, as it does if all of ``given`` hold."""
        name = functions.name_of(node)
        if isinstance(node, exp.Paren):
            self.held(node.this, holds=holds, given=given)
        elif isinstance(node, exp.Not):
            self.held(node.this, holds=not holds, given=given)
        elif isinstance(node, (exp.And, exp.Or)):
            every = isinstance(node, exp.And) == holds
            self._each(list(node.flatten(unnest=False)), holds=holds, given=given, every=every)
        elif name in functions.LOGICAL:
            every = (name == "all_true") == holds
            self._each(functions.arguments(node), holds=holds, given=given, every=every)
        else:
            self._fact(node, holds=holds, given=given)

    def _each(self, branches: list[exp.Expr], *, holds: bool, given: list[exp.Expr], every: bool) -> None:
        """Go into the branches that came out as ``holds``: every one did, or only some."""
        for branch in branches:
            more = [] if every else [self._came_out(branch, holds)]
            self.held(branch, holds=holds, given=[*given, *more])

    def _came_out(self, node: exp.Expr, holds: bool) -> exp.Expr:
        truth = exp.Paren(this=self.compiler.truth(node).node)
        return truth if holds else exp.Not(this=truth)

    def _fact(self, node: exp.Expr, *, holds: bool, given: list[exp.Expr]) -> None:
        counted = [each for each in node.find_all(exp.Anonymous) if functions.name_of(each) == "count_true"]
        if counted:
            # Among those counted, the true ones make "at least this many" hold, the others "fewer than".
            enough = holds == (type(node) in _AT_LEAST)
            for call in counted:
                self._each(functions.arguments(call), holds=enough, given=given, every=False)
        inside = {id(column) for call in counted for column in call.find_all(exp.Column)}
        for column in node.find_all(exp.Column):
            if id(column) not in inside:
                self._known(column, given)

    def _known(self, column: exp.Column, given: list[exp.Expr]) -> None:
        if column.name.lower() == functions.RUN_DATE and column.name not in self.compiler.names:
            return
        held = self.compiler.value(column).node
        known = exp.Not(this=exp.Paren(this=exp.Is(this=held, expression=exp.null())))
        whens = [exp.Paren(this=each.copy()) for each in given]
        factor = next(held.find_all(exp.Column)).name
        self.found.setdefault(factor, []).append(exp.Paren(this=exp.and_(*whens, known, copy=False)))
