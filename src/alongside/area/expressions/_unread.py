"""A cell that was filled and could not be read is not an empty one: what asks if it is empty does not know.

To an engine both are NULL. So wherever an expression would take a NULL for an answer, *there is nothing*, it
also looks at the column's sign, which says of each row whether its cell could not be read.
"""

from collections.abc import Iterator, Mapping

from sqlglot import exp


def asked_if_empty(tree: exp.Expr) -> tuple[str, ...]:
    """Return the columns of which a built expression asks whether they are empty, or how many are not."""
    return tuple(
        sorted({column.name for node in tree.walk() if _asks(node) for column in node.find_all(exp.Column)})
    )


def with_unread(tree: exp.Expr, unread: Mapping[str, str]) -> exp.Expr:
    """Return the expression, not known where it would say of an unread cell that it is empty.

    Args:
        tree: as it was built.
        unread: columns, each with the column that is its sign.
    """

    def answered(node: exp.Expr) -> exp.Expr:
        if not _asks(node):
            return node
        asked = node.copy()
        for part in _inside(asked):
            part.replace(part.transform(answered))
        signs = list(_signs(asked, unread))
        if not signs:
            return asked
        if isinstance(asked, exp.Is):
            return exp.Paren(this=exp.And(this=exp.Paren(this=asked), expression=_unless(signs, exp.true())))
        some = exp.Nullif(this=asked, expression=exp.Literal.number(0))
        return exp.Coalesce(this=some, expressions=[_unless(signs, exp.Literal.number(0))])

    return tree.transform(answered)


def _asks(node: exp.Expr) -> bool:
    """Whether a part answers about cells that hold nothing: ``is null``, or a count of those that do not."""
    if isinstance(node, exp.Is):
        return isinstance(node.expression, exp.Null)
    count = node.this if isinstance(node, exp.Filter) else node
    return isinstance(count, exp.Count) and not isinstance(count.this, exp.Star)


def _inside(asked: exp.Expr) -> list[exp.Expr]:
    """Return the parts in which something else may be asked; a filter and its count are one question."""
    if isinstance(asked, exp.Filter):
        return [asked.this.this, asked.expression]
    return [asked.this]


def _unless(signs: list[exp.Expr], value: exp.Expr) -> exp.Expr:
    """Return ``value`` where nothing was unread, else not known."""
    return exp.Paren(this=exp.Case(ifs=[exp.If(this=exp.or_(*signs), true=exp.null())], default=value))


def _signs(node: exp.Expr, unread: Mapping[str, str]) -> Iterator[exp.Expr]:
    """Yield what says that a cell behind a part could not be read: of its row, or of any it is made of."""
    aggregates = list(node.find_all(exp.AggFunc))
    if not aggregates:
        yield from _of_row(node, unread)
    for each in aggregates:
        signs = list(_of_row(each, unread))
        if signs:
            any_row = exp.LogicalOr(this=exp.or_(*signs))
            where = each.parent.expression.this if isinstance(each.parent, exp.Filter) else None
            yield _of_rows_that_may_count(any_row, where) if where is not None else any_row


def _of_row(node: exp.Expr, unread: Mapping[str, str]) -> Iterator[exp.Expr]:
    for name in sorted({column.name for column in node.find_all(exp.Column)} & unread.keys()):
        yield exp.column(exp.to_identifier(unread[name], quoted=True))


def _of_rows_that_may_count(any_row: exp.Expr, where: exp.Expr) -> exp.Expr:
    may = exp.Coalesce(this=where.copy(), expressions=[exp.true()])
    return exp.Filter(this=any_row, expression=exp.Where(this=may))
