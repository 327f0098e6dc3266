"""M7c, only one noticed it: what nobody else took too."""


def only_one(takeaways):
    """The takeaways nobody else took too, of all: (ids in order, number of all).

    Unit: takeaways. "I take this too" links a takeaway to another one; those linked, over any number of steps, belong together, and
    more than one noticed it if they have more than one author. A link to something not among the rows links nothing. Raises nothing.
    """
    parent = {row.id: row.taken_from for row in takeaways}
    authors = {}
    for row in takeaways:
        authors.setdefault(_root(row.id, parent), set()).add(row.author)
    alone = [row.id for row in takeaways if len(authors[_root(row.id, parent)]) == 1]
    return tuple(sorted(alone, key=str)), len(takeaways)


def _root(key, parent):
    seen = {key}
    while (source := parent.get(key)) in parent and source not in seen:
        seen.add(source)
        key = source
    return key
